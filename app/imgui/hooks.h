#pragma once
/// A look at every item that Dear ImGui lays out, also those of its own (for tests).

namespace crease::app {

/// Called for each item with its number and box (left, top, right, bottom), while the context's
/// TestEngineHookItems is true.
using ItemObserver = void (*)(unsigned id, float x0, float y0, float x1, float y1);
extern ItemObserver item_observer;

}  // namespace crease::app
