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

void Analyst::serve() {
  Answers answers;
  unsigned long seen = 0;
  while (!stopping_) {
    const unsigned long number = desk_.number();
    if (number == seen) {
      desk_.wait(seen, 1000ms);
      continue;
    }
    seen = number;
    const auto desk = desk_.get();
    if (!desk) continue;
    std::erase_if(answers,
                  [&](const auto& entry) { return !desk->questions.contains(entry.first); });
    for (const auto& [name, analysis] : desk->questions) {
      if (!desk->snapshot || stopping_) break;
      const auto known = answers.find(name);
      if (known != answers.end() && known->second->snapshot == desk->snapshot &&
          known->second->settings == analysis.settings)
        continue;
      // A newer snapshot does not cancel: otherwise a slow analysis would never end while training
      // runs.
      const auto cancelled = [this] { return stopping_.load(); };
      Answer answer{
          .value = {}, .settings = analysis.settings, .snapshot = desk->snapshot, .problem = {}};
      try {
        answer.value = analysis.compute(*desk->snapshot, cancelled);
        if (analysis.follow && known != answers.end() &&
            known->second->settings == analysis.settings)
          answer.value = analysis.follow(std::move(answer.value), known->second->value);
      } catch (const std::exception& wrong) {
        answer.problem = wrong.what();
      }
      answers[name] = std::make_shared<const Answer>(std::move(answer));
      answers_.put(std::make_shared<const Answers>(answers));
    }
    answers_.put(std::make_shared<const Answers>(answers));
  }
}

}  // namespace crease
