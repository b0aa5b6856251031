#pragma once
/// The contract of a view: one picture of a snapshot, as a described struct with
///   name, title, needs                    in lists and menus; `needs` is a sentence: what a
///   document must have fields()                              its settings (which layer, which
///   sample, log axes, smoothing) std::string refuses(const Snapshot&) const
///                                         empty, or the sentence that names what the document
///                                         lacks
///   Answer compute(const Snapshot&, const Frame&, const Cancelled&) const
///                                         everything slow; runs on the analyst's thread. `Answer`
///                                         is a type of the view's own, copyable
///   Figure draw(const Snapshot&, const Answer&, const Theme&) const
///                                         everything quick; runs on the window's thread
/// It knows nothing of threads, windows or files. views.h lists them all.
#include <any>
#include <functional>
#include <optional>
#include <string>

#include "core/fields.h"
#include "figure/figure.h"
#include "train/snapshot.h"

namespace crease {

/// How finely and of which part of the plane an answer is wanted.
struct Frame {
  std::optional<Domain>
      window;        ///< of the first panel, where the user has zoomed; else the view's own choice
  int pixels = 160;  ///< wanted resolution of a field, along one side
  bool operator==(const Frame&) const = default;
};

/// Turns true when an answer is no longer wanted.
using Cancelled = std::function<bool()>;
inline bool never_cancelled() { return false; }

}  // namespace crease
