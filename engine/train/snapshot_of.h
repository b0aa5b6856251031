#pragma once
/// A snapshot without a thread of its own, for the command line and for tests.
#include "core/tasks.h"
#include "train/snapshot.h"

namespace crease {

/// The era in which this training measures these samples (number_of).
CurveEra era_of(const Training& training, std::uint64_t data = 0);

/// What a live trainer would tell of `document` after `steps` further steps (fewer where the run
/// diverges). A document without data cannot be trained: then the snapshot holds its network, its
/// weights and no data. Throws Problem.
Snapshot snapshot_of(const Document& document, long steps, Tasks& tasks);
/// The same with data that have been made already; null: the document has none.
Snapshot snapshot_of(const Document& document, std::shared_ptr<const DataSet> data, long steps,
                     Tasks& tasks);

}  // namespace crease
