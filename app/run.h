#pragma once
/// One network in training: its document with its history, its trainer and its analyst.
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "history.h"
#include "live/analyst.h"
#include "live/live_trainer.h"

namespace crease::app {

class Run {
 public:
  /// `wake` is called from other threads whenever there is something new to draw.
  Run(Document document, const std::function<void()>& wake);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// What the user wants. It may not compile: then `snapshot()->problem` says why, and training
  /// waits, with the last document that did, until it can go on.
  const Document& document() const { return *history_.current(); }
  /// What has been learned: the newest when the frame began; null before the first.
  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

  /// Changes a copy of the document; where it differs it becomes the document, and a step to undo.
  /// `what` names the change in a few words ("rate"). False where nothing changed. What is being
  /// trained is carried over.
  bool edit(const std::string& what, const std::function<void(Document&)>& change);
  /// The same where units go from the middle of a layer: those behind them move up.
  bool edit(const std::string& what, const std::function<void(Document&)>& change,
            const std::vector<RemovedUnit>& removed);
  /// The same, and training starts anew (a new seed, another initialiser).
  bool edit_and_restart(const std::string& what, const std::function<void(Document&)>& change);
  /// Sets one number of a parameter tensor ("h1.weight", row after row) while it trains; can be
  /// undone.
  void edit_weight(const std::string& tensor, std::size_t index, double value);
  /// The newest value of that number; 0 where there is none.
  double weight(const std::string& tensor, std::size_t index) const;
  void undo();
  void redo();
  const History& history() const { return history_; }
  /// What is edited from now on is undone by itself.
  void end_gesture() { history_.end_gesture(); }

  bool running() const { return order_.running; }
  /// While the newest document cannot be trained it is only noted: training goes on once it can.
  void set_running(bool running);
  /// Training would be running, if the newest document could be trained.
  bool waits() const { return waits_; }
  /// 0: flat out.
  double steps_per_second() const { return order_.steps_per_second; }
  void set_steps_per_second(double steps);
  /// Pauses and takes this many further steps.
  void step(long steps = 1);
  /// Steps that were ordered so, since the run began.
  long steps_asked() const { return order_.steps_wanted; }
  /// Back to the start weights: the same ones.
  void reset();
  /// Start weights and order of samples from another seed.
  void new_seed();

  /// What is to be computed for the pictures in view, by name; asked anew each frame.
  void ask(const std::string& name, Analysis analysis);
  /// The newest answer of that name; null before the first.
  std::shared_ptr<const Answer> answer(const std::string& name) const;

  /// At the start of each frame: takes the newest snapshot and answers.
  void begin_frame();
  /// At the end: hands the analyst what was asked.
  void end_frame();
  /// Whether everything ordered has happened: the newest document is in training or refused, single
  /// steps are done, and every answer belongs to the newest snapshot. Never while it is running.
  bool at_rest() const;
  /// Every picture in view has something to show, be it of an older snapshot.
  bool all_answered() const;
  /// The order has been seen by the trainer (also while it is running).
  bool order_answered() const;

  /// What a file of the document would hold.
  struct Version {
    std::shared_ptr<const Document> document;
    long step = -1, weight_edits = 0;
    bool operator==(const Version&) const = default;
  };
  Version version() const;
  /// Of what `trained()` has given: training may have gone on since.
  Version trained_version() const;
  /// The document has been edited or trained since it was opened or saved.
  bool changed() const;
  /// The same, and not by training alone.
  bool edited() const;
  /// What `trained()` has given lies in a file.
  void mark_saved();
  /// It lies in no file: changed from the beginning.
  void mark_unsaved() { saved_ = {}; }
  /// Asks the trainer for the document with what was learned, to be saved.
  void ask_for_trained();
  bool asked_for_trained() const { return order_.saves_wanted > 0; }
  /// It, once it has come; else null. What cannot be trained as it stands comes without weights.
  /// Asks anew where the network was edited in between.
  std::shared_ptr<const Document> trained();

 private:
  void send();
  bool commit(const std::string& what, const std::function<void(Document&)>& change, bool restart,
              const std::vector<RemovedUnit>& removed = {});
  void move_units(const std::vector<RemovedUnit>& units, bool restored);
  void set_weight(const std::string& tensor, std::size_t index, double value);
  void moved(const History::Moved& moved);
  void restart();
  bool refused() const { return order_answered() && !snapshot_->problem.empty(); }
  /// Training waits where the newest document was refused, and goes on where it is not any more.
  void follow_refusal();

  History history_;
  Order order_;
  bool waits_ = false;
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const Answers> answers_;
  std::map<std::string, Analysis> questions_, asked_;
  Version saved_;
  long weight_edits_ = 0, unit_edits_ = 0;
  long edits_when_asked_ = 0;  ///< of weights, when the trained document was asked for
  std::unique_ptr<LiveTrainer> trainer_;
  std::unique_ptr<Analyst> analyst_;
};

}  // namespace crease::app
