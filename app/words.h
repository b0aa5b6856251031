#pragma once
/// Names of the engine as a person reads them: "cross_entropy_logits" is "Cross-entropy (classes)".
#include <string>
#include <string_view>

namespace crease::app {

/// For menus and labels, with a capital letter where the word is no symbol (tanh). `of` is the
/// setting whose choice it is: a cosine may be a loss or a schedule.
std::string in_words(std::string_view name, std::string_view of = {});
/// "3 units", "1 unit".
std::string counted(long count, std::string_view one, std::string_view several = {});

}  // namespace crease::app
