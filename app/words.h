#pragma once
/// Names of the engine as a person reads them: "cross_entropy_logits" is "Cross-entropy (logits)".
#include <string>
#include <string_view>

namespace crease::app {

/// For menus and labels, with a capital letter where the word is no symbol (tanh).
std::string in_words(std::string_view name);
/// "3 units", "1 unit".
std::string counted(long count, std::string_view one, std::string_view several = {});

}  // namespace crease::app
