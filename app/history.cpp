#include "history.h"

namespace crease::app {

using namespace std::chrono_literals;

void History::commit(DocumentPointer document, const std::string& what,
                     std::shared_ptr<const Snapshot> learned, Clock::time_point now) {
  steps_.resize(at_ + 1);
  Step& last = steps_.back();
  if (at_ > 0 && last.what == what && now - last.when < 1500ms) {
    last.document = std::move(document);
    last.when = now;
    return;
  }
  last.learned = std::move(learned);
  steps_.push_back({what, std::move(document), nullptr, now});
  if (steps_.size() > most_steps) steps_.erase(steps_.begin());
  at_ = steps_.size() - 1;
}

std::shared_ptr<const Snapshot> History::undo() {
  if (!can_undo()) return nullptr;
  --at_;
  steps_[at_ + 1].when = {};  // what follows is a step of its own
  steps_[at_].when = {};
  return steps_[at_].learned;
}

void History::redo() {
  if (can_redo()) ++at_;
}

}  // namespace crease::app
