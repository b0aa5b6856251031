#include "history.h"

namespace crease::app {

using namespace std::chrono_literals;

void History::commit(DocumentPointer document, const std::string& what,
                     std::shared_ptr<const Snapshot> learned, Clock::time_point now,
                     const std::vector<RemovedUnit>& removed) {
  steps_.resize(at_ + 1);
  Step& last = steps_.back();
  if (at_ > 0 && last.what == what && now - last.when < 1500ms) {
    last.document = std::move(document);
    last.when = now;
    last.removed.insert(last.removed.end(), removed.begin(), removed.end());
    return;
  }
  last.learned = std::move(learned);
  push({what, std::move(document), nullptr, now, {}, removed});
}

void History::commit(const WeightChange& change, Clock::time_point now) {
  steps_.resize(at_ + 1);
  Step& last = steps_.back();
  const bool same_weight =
      last.weight && last.weight->tensor == change.tensor && last.weight->index == change.index;
  if (same_weight && now - last.when < 1500ms) {
    last.weight->after = change.after;
    last.when = now;
    return;
  }
  push({change.tensor, last.document, nullptr, now, change});
}

void History::push(Step step) {
  steps_.push_back(std::move(step));
  if (steps_.size() > most_steps) steps_.erase(steps_.begin());
  at_ = steps_.size() - 1;
}

History::Moved History::undo() {
  if (!can_undo()) return {};
  const Step& left = steps_[at_];
  --at_;
  for (Step& step : steps_) step.when = {};  // what follows is a step of its own
  Moved moved{steps_[at_].learned, left.weight, {left.removed.rbegin(), left.removed.rend()}, true};
  if (moved.weight) std::swap(moved.weight->before, moved.weight->after);
  return moved;
}

History::Moved History::redo() {
  if (!can_redo()) return {};
  ++at_;
  return {nullptr, steps_[at_].weight, steps_[at_].removed};
}

}  // namespace crease::app
