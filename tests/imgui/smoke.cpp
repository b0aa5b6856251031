// Dear ImGui builds and links as we set it: the right version, its test engine's hooks called, a
// frame drawn without a window. An executable that links the library defines the hooks; these only
// count.
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>
#include <cstdio>
#include <cstring>

namespace {
int itemsSeen = 0;
int failures = 0;

void check(bool good, const char* what) {
  if (!good) {
    std::fprintf(stderr, "failed: %s\n", what);
    ++failures;
  }
}

// What a renderer would do with the textures it is given.
void setTextures(ImTextureStatus status, ImTextureID id) {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(id);
    texture->SetStatus(status);
  }
}
}  // namespace

void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID, const ImRect&, const ImGuiLastItemData*) {
  ++itemsSeen;
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }

int main() {
  check(std::strcmp(ImGui::GetVersion(), "1.92.2b") == 0, "ImGui::GetVersion() is 1.92.2b");
  IMGUI_CHECKVERSION();
  ImGuiContext* context = ImGui::CreateContext();
  context->TestEngineHookItems = true;
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.DisplaySize = ImVec2(640, 480);
  io.DeltaTime = 1.0F / 60.0F;

  for (int frame = 0; frame < 2; ++frame) {  // a new window shows itself in its second frame
    ImGui::NewFrame();
    ImGui::Begin("window");
    ImGui::TextUnformatted("text");
    ImGui::Button("button");
    ImGui::End();
    ImGui::Render();
    setTextures(ImTextureStatus_OK, 1);
  }
  check(ImGui::GetDrawData()->Valid, "the frame has draw data");
  check(ImGui::GetDrawData()->TotalVtxCount > 0, "the frame has vertices");
  check(itemsSeen > 0, "the test engine's hook is called");

  setTextures(ImTextureStatus_Destroyed, ImTextureID_Invalid);
  ImGui::DestroyContext();

  // Both backends are in the library; without a window they are only linked.
  bool (*volatile window)(GLFWwindow*, bool) = &ImGui_ImplGlfw_InitForOpenGL;
  bool (*volatile renderer)(const char*) = &ImGui_ImplOpenGL3_Init;
  check(window != nullptr && renderer != nullptr, "the backends are linked");
  check(glfwGetVersionString() != nullptr, "GLFW is linked");
  if (failures == 0) std::printf("Dear ImGui %s: 2 frames, %d items\n", IMGUI_VERSION, itemsSeen);
  return failures == 0 ? 0 : 1;
}
