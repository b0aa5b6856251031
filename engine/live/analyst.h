#pragma once
/// The analyst's thread: recomputes the open analyses for the newest snapshot, in the background.
#include <any>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "live/latest.h"
#include "train/snapshot.h"

namespace crease {

/// A pure function of a snapshot. `cancelled()` turns true when its answer is no longer wanted.
struct Analysis {
  using Cancelled = std::function<bool()>;
  std::string settings;  ///< two analyses of one name are the same when these are equal
  std::function<std::any(const Snapshot&, const Cancelled&)> compute;
  /// Adds to a new value what the one before it remembers of the run, whatever its settings were;
  /// may be empty.
  std::function<std::any(std::any now, const std::any& before)> follow = {};
};

struct Answer {
  std::any value;
  std::string settings;
  std::shared_ptr<const Snapshot> snapshot;  ///< what it was computed for
  std::string problem;                       ///< why there is no value
};

/// The newest answer of each open analysis, by name.
using Answers = std::map<std::string, std::shared_ptr<const Answer>>;

class Analyst {
 public:
  Analyst();
  ~Analyst();
  Analyst(const Analyst&) = delete;
  Analyst& operator=(const Analyst&) = delete;

  /// The analyses that are wanted from now on.
  void ask(std::map<std::string, Analysis> questions);
  /// The snapshot to look at from now on.
  void see(std::shared_ptr<const Snapshot> snapshot);
  std::shared_ptr<const Answers> answers() const { return answers_.get(); }
  Latest<Answers>& mailbox() { return answers_; }

 private:
  struct Desk {
    std::map<std::string, Analysis> questions;
    std::shared_ptr<const Snapshot> snapshot;
  };
  void serve();

  std::mutex writing_;  // ask and see each change a part of the desk
  Latest<Desk> desk_;
  Latest<Answers> answers_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses the others
};

}  // namespace crease
