#include "live/analyst.h"

namespace crease {

using namespace std::chrono_literals;

Analyst::Analyst() : thread_([this] { serve(); }) {}

Analyst::~Analyst() {
  stopping_ = true;
  desk_.put(nullptr);
  thread_.join();
}

void Analyst::ask(std::map<std::string, Analysis> questions) {
  const std::lock_guard lock(writing_);
  const auto before = desk_.get();
  desk_.put(std::make_shared<const Desk>(
      Desk{std::move(questions), before ? before->snapshot : nullptr}));
}

void Analyst::see(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(writing_);
  const auto before = desk_.get();
  if (before && before->snapshot == snapshot) return;
  desk_.put(std::make_shared<const Desk>(
      Desk{before ? before->questions : std::map<std::string, Analysis>{}, std::move(snapshot)}));
}

namespace {

/// Which question to answer now, or the end. One that was never answered with these settings goes
/// first, so that what was just opened or changed need not wait for slow ones; then the one
/// answered longest ago, so that all of them follow the training.
auto next_question(const std::map<std::string, Analysis>& questions, const Answers& answers,
                   const std::shared_ptr<const Snapshot>& snapshot,
                   const std::map<std::string, unsigned long>& turns) {
  auto next = questions.end();
  unsigned long longest_ago = 0;
  for (auto question = questions.begin(); question != questions.end(); ++question) {
    const auto known = answers.find(question->first);
    const bool is_answered =
        known != answers.end() && known->second->settings == question->second.settings;
    if (is_answered && known->second->snapshot == snapshot) continue;
    const unsigned long turn = is_answered ? turns.at(question->first) : 0;
    if (next != questions.end() && turn >= longest_ago) continue;
    next = question;
    longest_ago = turn;
  }
  return next;
}

}  // namespace

void Analyst::serve() {
  Answers answers;
  Answers
      remembered;  // the last of each that a new one follows, whether it is still asked for or not
  std::map<std::string, unsigned long> turns;  // when each was answered; from 1 on
  unsigned long turn = 0, told = 0;
  while (!stopping_) {
    const unsigned long number = desk_.number();
    const auto desk = desk_.get();
    if (desk)
      std::erase_if(answers,
                    [&](const auto& entry) { return !desk->questions.contains(entry.first); });
    const bool can_answer = desk && desk->snapshot;
    const auto next = can_answer ? next_question(desk->questions, answers, desk->snapshot, turns)
                                 : decltype(desk->questions.end()){};
    if (!can_answer || next == desk->questions.end()) {
      if (desk && told != number) answers_.put(std::make_shared<const Answers>(answers));
      told = number;
      desk_.wait(number, 1000ms);
      continue;
    }
    const auto& [name, analysis] = *next;
    // A newer snapshot does not cancel: otherwise a slow analysis would never end while training
    // runs.
    const auto cancelled = [this] { return stopping_.load(); };
    Answer answer{
        .value = {}, .settings = analysis.settings, .snapshot = desk->snapshot, .problem = {}};
    try {
      answer.value = analysis.compute(*desk->snapshot, cancelled);
      const auto known = remembered.find(name);
      if (analysis.follow && known != remembered.end())
        answer.value = analysis.follow(std::move(answer.value), known->second->value);
    } catch (const std::exception& wrong) {
      answer.problem = wrong.what();
    }
    answers[name] = std::make_shared<const Answer>(std::move(answer));
    if (analysis.follow && answers[name]->problem.empty()) remembered[name] = answers[name];
    turns[name] = ++turn;
    answers_.put(std::make_shared<const Answers>(answers));
  }
}

}  // namespace crease
