#include "script/keys.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace crease::app {

namespace {

struct Named {
  std::string_view name;
  ImGuiKey key;
  std::string_view text = {};
};

constexpr std::array<Named, 30> named{{{"space", ImGuiKey_Space, " "},
                                       {".", ImGuiKey_Period, "."},
                                       {",", ImGuiKey_Comma, ","},
                                       {"+", ImGuiKey_Equal, "+"},
                                       {"=", ImGuiKey_Equal, "="},
                                       {"-", ImGuiKey_Minus, "-"},
                                       {"/", ImGuiKey_Slash, "/"},
                                       {"esc", ImGuiKey_Escape},
                                       {"escape", ImGuiKey_Escape},
                                       {"enter", ImGuiKey_Enter},
                                       {"tab", ImGuiKey_Tab},
                                       {"backspace", ImGuiKey_Backspace},
                                       {"delete", ImGuiKey_Delete},
                                       {"left", ImGuiKey_LeftArrow},
                                       {"right", ImGuiKey_RightArrow},
                                       {"up", ImGuiKey_UpArrow},
                                       {"down", ImGuiKey_DownArrow},
                                       {"home", ImGuiKey_Home},
                                       {"end", ImGuiKey_End},
                                       {"pageup", ImGuiKey_PageUp},
                                       {"pagedown", ImGuiKey_PageDown},
                                       {"f1", ImGuiKey_F1},
                                       {"f2", ImGuiKey_F2},
                                       {"f3", ImGuiKey_F3},
                                       {"f4", ImGuiKey_F4},
                                       {"f5", ImGuiKey_F5},
                                       {"f6", ImGuiKey_F6},
                                       {"f10", ImGuiKey_F10},
                                       {"f11", ImGuiKey_F11},
                                       {"f12", ImGuiKey_F12}}};

constexpr std::array<std::pair<std::string_view, ImGuiKey>, 3> modifiers{
    {{"ctrl", ImGuiMod_Ctrl}, {"shift", ImGuiMod_Shift}, {"alt", ImGuiMod_Alt}}};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool set_key(const std::string& name, Keys& keys) {
  if (name.size() == 1 && std::isalpha(static_cast<unsigned char>(name[0]))) {
    keys.key = static_cast<ImGuiKey>(ImGuiKey_A + (name[0] - 'a'));
    keys.text = name;
    return true;
  }
  if (name.size() == 1 && std::isdigit(static_cast<unsigned char>(name[0]))) {
    keys.key = static_cast<ImGuiKey>(ImGuiKey_0 + (name[0] - '0'));
    keys.text = name;
    return true;
  }
  const auto found =
      std::find_if(named.begin(), named.end(), [&](const Named& n) { return n.name == name; });
  if (found == named.end()) return false;
  keys.key = found->key;
  keys.text = found->text;
  return true;
}

}  // namespace

std::optional<Keys> keys_of_name(const std::string& name) {
  Keys keys;
  std::string rest = lower(name);
  for (bool more = true; more;) {
    more = false;
    for (const auto& [word, modifier] : modifiers) {
      if (rest.size() <= word.size() + 1 || !rest.starts_with(word) || rest[word.size()] != '+')
        continue;
      keys.held |= modifier;
      rest.erase(0, word.size() + 1);
      more = true;
    }
  }
  if (!set_key(rest, keys)) return {};
  if ((keys.held & (ImGuiMod_Ctrl | ImGuiMod_Alt)) != 0) keys.text.clear();
  if ((keys.held & ImGuiMod_Shift) != 0 && keys.text.size() == 1)
    keys.text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(keys.text[0])));
  return keys;
}

}  // namespace crease::app
