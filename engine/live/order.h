#pragma once
/// What the user wants of a run, as a state and not as a list of commands: the newest order holds
/// everything, and what must happen exactly once is counted or numbered.
#include <memory>
#include <string>
#include <vector>

#include "net/transplant.h"
#include "train/snapshot.h"

namespace crease {

/// A new value for one number of one parameter tensor, while it trains.
struct WeightEdit {
  long number = 0;          ///< grows with each edit; Snapshot::weight_edits acknowledges it
  std::string tensor = {};  ///< "h1.weight"
  std::size_t index = 0;    ///< row after row
  double value = 0;         ///< undone by an edit with the value from before
  long resets = 0;          ///< Order::resets when it was made: a later reset undoes it
};

/// A unit that the newest document has no more (or, `restored`, has again), although it is not the
/// last of its layer: so those behind it are known to be the same units under other numbers.
struct UnitEdit {
  long number = 0;  ///< grows with each edit; Snapshot::unit_edits acknowledges it
  RemovedUnit unit = {};
  bool restored = false;  ///< undoes the removal
};

/// Counters only grow, so that nothing is lost when orders overtake each other.
struct Order {
  /// What to train. An edit carries over what was learned; a document with other `weights` or
  /// `state` starts anew.
  std::shared_ptr<const Document> document = {};
  bool running = false;
  double steps_per_second = 0;  ///< 0: flat out
  long number = 0;              ///< grows with each order
  long steps_wanted = 0;        ///< single steps asked for since the start
  /// Times the run was asked to start anew, from the document's weights or, where it has none, from
  /// those its seed gives: the same ones each time.
  long resets = 0;
  /// steps_wanted at the last reset: steps asked for before it are no longer wanted.
  long steps_wanted_at_reset = 0;
  /// In order of their numbers; those acknowledged may be left out.
  std::vector<WeightEdit> weight_edits = {};
  std::vector<UnitEdit> unit_edits = {};  ///< likewise
  /// Times the whole document was asked for, with its weights and the optimiser's memory:
  /// Snapshot::trained.
  long saves_wanted = 0;
  /// For an undo: a snapshot from before. What the network has not got now (a layer that had been
  /// deleted) is taken from it; where training has diverged since, everything is.
  std::shared_ptr<const Snapshot> recall = {};
};

}  // namespace crease
