// The four hooks that Dear ImGui calls for each item when its test engine is switched on: whoever
// wants to see every item sets item_observer (tests that look for items without a name).
#include "hooks.h"

#include <imgui_internal.h>

namespace crease::app {
ItemObserver item_observer = nullptr;
}  // namespace crease::app

void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID id, const ImRect& box,
                                 const ImGuiLastItemData*) {
  if (crease::app::item_observer != nullptr)
    crease::app::item_observer(id, box.Min.x, box.Min.y, box.Max.x, box.Max.y);
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
