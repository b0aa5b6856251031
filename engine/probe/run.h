#pragma once
/// Samples through a network, forward only, in blocks of sixteen on the calling thread.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>

#include "core/aligned.h"
#include "net/workspace.h"

namespace crease {

/// Turns true when an answer is no longer wanted.
using Cancelled = std::function<bool()>;
inline bool never_cancelled() { return false; }

/// Runs samples 0 .. count - 1: `fill(first, live, x)` lays `live` samples from number `first` on
/// into the input block x, `take(first, live, workspace)` reads what came out. Returns false where
/// it was cancelled before the end. Throws Problem where there are too few parameters.
template <class Fill, class Take>
bool run_blocks(const Plan& plan, const AlignedVector<float>& parameters, std::size_t count,
                const Cancelled& cancelled, const Fill& fill, const Take& take) {
  constexpr std::size_t between_questions = 32 * lanes;
  if (parameters.size() < plan.length) throw Problem("the network has no parameters yet");
  Workspace<float> workspace(plan, Purpose::inference);
  workspace.use_parameters(parameters.data());
  for (std::size_t first = 0; first < count; first += lanes) {
    if (first % between_questions == 0 && cancelled()) return false;
    const int live = static_cast<int>(std::min<std::size_t>(lanes, count - first));
    fill(first, live, workspace.input());
    workspace.forward(live, false);
    take(first, live, workspace);
  }
  return true;
}

}  // namespace crease
