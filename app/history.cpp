#include "history.h"

namespace crease::app {

void History::commit(DocumentPointer document, const std::string& what,
                     std::shared_ptr<const Snapshot> learned,
                     const std::vector<RemovedUnit>& removed) {
  steps_.resize(at_ + 1);
  Step& last = steps_.back();
  if (at_ > 0 && in_gesture_ && last.what == what && !last.weight) {
    last.document = std::move(document);
    last.removed.insert(last.removed.end(), removed.begin(), removed.end());
    return;
  }
  last.learned = std::move(learned);
  push({what, std::move(document), nullptr, {}, removed});
}

void History::commit(const WeightChange& change) {
  steps_.resize(at_ + 1);
  Step& last = steps_.back();
  const bool same_weight =
      last.weight && last.weight->tensor == change.tensor && last.weight->index == change.index;
  if (same_weight && in_gesture_) {
    last.weight->after = change.after;
    return;
  }
  push({change.tensor, last.document, nullptr, change});
}

void History::push(Step step) {
  step.number = ++newest_;
  steps_.push_back(std::move(step));
  if (steps_.size() > most_steps) steps_.erase(steps_.begin());
  at_ = steps_.size() - 1;
  in_gesture_ = true;
}

History::Moved History::undo() {
  if (!can_undo()) return {};
  const Step& left = steps_[at_];
  --at_;
  end_gesture();
  Moved moved{steps_[at_].learned, left.weight, {left.removed.rbegin(), left.removed.rend()}, true};
  if (moved.weight) std::swap(moved.weight->before, moved.weight->after);
  return moved;
}

History::Moved History::redo() {
  if (!can_redo()) return {};
  ++at_;
  end_gesture();
  return {nullptr, steps_[at_].weight, steps_[at_].removed};
}

}  // namespace crease::app
