#pragma once
/// The contract of a view: one picture of a snapshot, as a described struct with
///   name, title, needs                    for lists and menus; `needs` is what a document must
///                                         have, in a few words: "a network with 2 inputs"
///   fields()                              its settings (which layer, which sample, log axes)
///   std::string refuses(const Snapshot&) const
///                                         empty, or the sentence that names what the document
///                                         lacks: "x needs a network with 2 inputs, this one has 7"
///   Answer compute(const Snapshot&, const Frame&, const Cancelled&) const
///                                         everything slow; runs on the analyst's thread. `Answer`
///                                         is a type of the view's own, copyable
///   Figure draw(const Snapshot&, const Answer&, const Theme&) const
///                                         everything quick; runs on the window's thread. The
///                                         snapshot is the one that was computed for
/// and, where it follows a run, static Answer follow(Answer now, const Answer& before), which adds
/// what an earlier answer of equal settings remembers.
/// Emphasis emphasis(const Snapshot&, const Answer&, const Pointed&, const Theme&) const adds to
/// the first panel what is pointed at in other pictures; a click in such a view chooses a place. It
/// knows nothing of threads, windows or files. views.h lists them all.
#include <any>
#include <optional>
#include <string>

#include "core/fields.h"
#include "figure/figure.h"
#include "probe/run.h"  // Cancelled
#include "train/snapshot.h"

namespace crease {

/// How finely and of which part of the plane an answer is wanted.
struct Frame {
  std::optional<Domain>
      window;        ///< of the first panel, where the user has zoomed; else the view's own choice
  int pixels = 160;  ///< wanted resolution of a field, along one side
  bool operator==(const Frame&) const = default;
};

}  // namespace crease
