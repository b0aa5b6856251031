#pragma once
/// What may be undone: the documents a person has made, one after the other.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/transplant.h"
#include "train/snapshot.h"

namespace crease::app {

/// A number of the network that was set by hand, and what it was.
struct WeightChange {
  std::string tensor;
  std::size_t index = 0;
  double before = 0, after = 0;
};

class History {
 public:
  using DocumentPointer = std::shared_ptr<const Document>;

  explicit History(DocumentPointer first) : steps_{{"", std::move(first), nullptr, {}}} {}

  /// A new document. Changes of one name within one gesture (a slider that is dragged) are one
  /// step; what had been undone is forgotten. `learned` is the newest snapshot: undoing brings back
  /// what a deleted layer had learned. `removed`: units that went from the middle of a layer.
  void commit(DocumentPointer document, const std::string& what,
              std::shared_ptr<const Snapshot> learned,
              const std::vector<RemovedUnit>& removed = {});

  /// A weight that was changed by hand; joined with the last one where that was the same weight in
  /// the same gesture.
  void commit(const WeightChange& change);

  /// What follows is a step of its own.
  void end_gesture() { in_gesture_ = false; }

  const DocumentPointer& current() const { return steps_[at_].document; }
  bool can_undo() const { return at_ > 0; }
  bool can_redo() const { return at_ + 1 < steps_.size(); }
  /// What the next undo takes back, and the next redo brings again: "rate". Empty where there is
  /// nothing.
  std::string undo_name() const { return can_undo() ? steps_[at_].what : ""; }
  std::string redo_name() const { return can_redo() ? steps_[at_ + 1].what : ""; }
  /// The number of the step that the next undo takes back, from 1; it stays its own. 0: there is
  /// none.
  long undo_number() const { return can_undo() ? steps_[at_].number : 0; }

  /// What moving one step asks for besides the document.
  struct Moved {
    std::shared_ptr<const Snapshot> learned;  ///< the snapshot when the step was left, or null
    std::optional<WeightChange> weight;       ///< a weight that is to be set to `after`
    std::vector<RemovedUnit> units = {};      ///< that go again, or come back: in this order
    bool restored = false;                    ///< they come back
  };
  Moved undo();
  Moved redo();

 private:
  struct Step {
    std::string what;
    DocumentPointer document;
    std::shared_ptr<const Snapshot> learned;  ///< when the step after it was made
    std::optional<WeightChange> weight;       ///< the step is this change, and no other document
    std::vector<RemovedUnit> removed = {};
    long number = 0;
  };
  void push(Step step);
  static constexpr std::size_t most_steps = 500;

  std::vector<Step> steps_;
  std::size_t at_ = 0;
  long newest_ = 0;  // number given last
  bool in_gesture_ = false;
};

}  // namespace crease::app
