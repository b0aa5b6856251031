#pragma once
/// What is wrong with something a person gave us.
#include <stdexcept>
#include <string>
#include <utility>

namespace crease {

/// One clear sentence, and where: a place in a document ("network.nodes[1] \"out\": units"), a
/// node, a file. Thrown where the input is read or compiled, shown on the node or on standard
/// error.
class Problem : public std::runtime_error {
 public:
  Problem(std::string where, std::string what_is_wrong)
      : std::runtime_error(where.empty() ? what_is_wrong : where + ": " + what_is_wrong),
        where_(std::move(where)),
        sentence_(std::move(what_is_wrong)) {}
  explicit Problem(std::string what_is_wrong) : Problem("", std::move(what_is_wrong)) {}

  const std::string& where() const { return where_; }
  const std::string& sentence() const { return sentence_; }
  /// The same problem, seen from one level further out.
  Problem inside(const std::string& outer) const {
    return {where_.empty() ? outer : outer + ": " + where_, sentence_};
  }

 private:
  std::string where_;
  std::string sentence_;
};

}  // namespace crease
