#include "run.h"

#include <algorithm>

namespace crease::app {

namespace {

bool same(const Document& a, const Document& b) {
  return a.title == b.title && a.data == b.data && a.network == b.network &&
         a.training == b.training && a.weights == b.weights && a.state == b.state &&
         a.folder == b.folder && a.view == b.view;
}

bool same_settings(const std::map<std::string, Analysis>& a,
                   const std::map<std::string, Analysis>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && x.second.settings == y.second.settings;
  });
}

}  // namespace

Run::Run(Document document, const std::function<void()>& wake)
    : history_(std::make_shared<const Document>(std::move(document))),
      saved_{history_.current(), history_.current()->state.step, 0},
      trainer_(std::make_unique<LiveTrainer>()),
      analyst_(std::make_unique<Analyst>()) {
  trainer_->snapshots().set_hook(wake);
  analyst_->mailbox().set_hook(wake);
  send();
}

Run::~Run() {
  trainer_->snapshots().set_hook({});
  analyst_->mailbox().set_hook({});
}

void Run::send() {
  order_.document = history_.current();
  ++order_.number;
  trainer_->order(order_);
}

void Run::restart() {
  ++order_.resets;
  order_.steps_wanted_at_reset = order_.steps_wanted;
}

bool Run::commit(const std::string& what, const std::function<void(Document&)>& change,
                 bool restart, const std::vector<RemovedUnit>& removed) {
  auto edited = std::make_shared<Document>(document());
  change(*edited);
  if (same(*edited, document())) return false;
  history_.commit(std::move(edited), what, snapshot_, removed);
  move_units(removed, false);
  if (restart) this->restart();
  send();
  return true;
}

bool Run::edit(const std::string& what, const std::function<void(Document&)>& change) {
  return commit(what, change, false);
}

bool Run::edit(const std::string& what, const std::function<void(Document&)>& change,
               const std::vector<RemovedUnit>& removed) {
  return commit(what, change, false, removed);
}

bool Run::edit_and_restart(const std::string& what, const std::function<void(Document&)>& change) {
  return commit(what, change, true);
}

void Run::move_units(const std::vector<RemovedUnit>& units, bool restored) {
  auto& edits = order_.unit_edits;
  if (snapshot_)
    std::erase_if(edits,
                  [&](const UnitEdit& edit) { return edit.number <= snapshot_->unit_edits; });
  for (const RemovedUnit& unit : units)
    edits.push_back({.number = ++unit_edits_, .unit = unit, .restored = restored});
}

void Run::set_weight(const std::string& tensor, std::size_t index, double value) {
  auto& edits = order_.weight_edits;
  if (snapshot_)
    std::erase_if(edits,
                  [&](const WeightEdit& edit) { return edit.number <= snapshot_->weight_edits; });
  edits.push_back({.number = ++weight_edits_,
                   .tensor = tensor,
                   .index = index,
                   .value = value,
                   .resets = order_.resets});
  send();
}

void Run::edit_weight(const std::string& tensor, std::size_t index, double value) {
  history_.commit(WeightChange{tensor, index, weight(tensor, index), value});
  set_weight(tensor, index, value);
}

double Run::weight(const std::string& tensor, std::size_t index) const {
  if (!snapshot_ || !snapshot_->plan) return 0;
  const Segment* segment = snapshot_->plan->find(tensor);
  if (!segment || index >= segment->size) return 0;
  return shortest(snapshot_->parameters[segment->offset + index]);
}

void Run::moved(const History::Moved& moved) {
  order_.recall = moved.learned;
  move_units(moved.units, moved.restored);
  if (moved.weight)
    set_weight(moved.weight->tensor, moved.weight->index, moved.weight->after);
  else
    send();
}

void Run::undo() {
  if (history_.can_undo()) moved(history_.undo());
}

void Run::redo() {
  if (history_.can_redo()) moved(history_.redo());
}

void Run::set_running(bool running) {
  waits_ = running && refused();
  if (waits_) running = false;
  if (order_.running == running) return;
  order_.running = running;
  send();
}

void Run::set_steps_per_second(double steps) {
  if (order_.steps_per_second == steps) return;
  order_.steps_per_second = steps;
  send();
}

void Run::step(long steps) {
  if (refused()) return;
  order_.running = false;
  order_.steps_wanted += steps;
  send();
}

void Run::reset() {
  // A document that was saved in the middle of training goes back to before its first step.
  const bool began = document().state.step > 0;
  const auto to_start = [](Document& d) {
    d.weights.clear();
    d.state = {};
  };
  if (began && edit_and_restart("reset", to_start)) return;
  restart();
  send();
}

void Run::new_seed() {
  edit_and_restart("new seed", [](Document& d) {
    ++d.training.seed;
    d.weights.clear();
    d.state = {};
  });
}

void Run::ask(const std::string& name, Analysis analysis) { asked_[name] = std::move(analysis); }

std::shared_ptr<const Answer> Run::answer(const std::string& name) const {
  if (!answers_) return nullptr;
  const auto found = answers_->find(name);
  return found == answers_->end() ? nullptr : found->second;
}

void Run::begin_frame() {
  snapshot_ = trainer_->snapshot();
  answers_ = analyst_->answers();
  // It stays in every order until one has been carried out: a newer order may overtake it.
  if (order_.recall && order_answered()) order_.recall = nullptr;
  asked_.clear();
  follow_refusal();
}

void Run::follow_refusal() {
  if (!order_answered()) return;
  // Where it cannot it is noted that it waits; where it waited and can, it goes on.
  if (refused() ? order_.running : waits_) set_running(true);
}

void Run::end_frame() {
  if (!same_settings(asked_, questions_)) {
    questions_ = asked_;
    analyst_->ask(questions_);
  }
  if (snapshot_ && snapshot_->plan) analyst_->see(snapshot_);
}

bool Run::order_answered() const { return snapshot_ && snapshot_->order >= order_.number; }

bool Run::at_rest() const {
  if (!order_answered() || trainer_->snapshot() != snapshot_) return false;
  if (!snapshot_->settled) return false;
  if (!same_settings(asked_, questions_)) return false;
  return std::all_of(questions_.begin(), questions_.end(), [&](const auto& question) {
    const auto known = answer(question.first);
    return known && known->snapshot == snapshot_ && known->settings == question.second.settings;
  });
}

bool Run::all_answered() const {
  if (snapshot_ && !snapshot_->plan) return true;  // nothing is trained, so nothing is asked about
  return std::all_of(asked_.begin(), asked_.end(), [&](const auto& question) {
    const auto known = answer(question.first);
    return known && known->settings == question.second.settings;
  });
}

Run::Version Run::version() const {
  return {history_.current(), snapshot_ ? snapshot_->step : document().state.step, weight_edits_};
}

bool Run::changed() const { return edited() || saved_.step != version().step; }

bool Run::edited() const {
  const Version now = version();
  return !saved_.document || !same(*saved_.document, *now.document) ||
         saved_.weight_edits != now.weight_edits;
}

Run::Version Run::trained_version() const {
  Version then = version();
  then.weight_edits = edits_when_asked_;
  if (snapshot_ && snapshot_->trained && snapshot_->problem.empty())
    then.step = snapshot_->trained->state.step;
  return then;
}

void Run::mark_saved() { saved_ = trained_version(); }

void Run::ask_for_trained() {
  edits_when_asked_ = weight_edits_;
  ++order_.saves_wanted;
  send();
}

std::shared_ptr<const Document> Run::trained() {
  if (!snapshot_ || snapshot_->saves < order_.saves_wanted || order_.saves_wanted == 0)
    return nullptr;
  const bool learned = snapshot_->trained && snapshot_->problem.empty();
  if (learned && !(snapshot_->trained->network == document().network)) {
    ask_for_trained();  // its weights are of another network
    return nullptr;
  }
  auto whole = std::make_shared<Document>(document());
  if (learned) {
    whole->weights = snapshot_->trained->weights;
    whole->state = snapshot_->trained->state;
  }
  return whole;
}

}  // namespace crease::app
