#pragma once
/// Names of the engine as a person reads them: "bce_logits" is "Binary cross-entropy".
#include <string>
#include <string_view>

namespace crease::app {

/// For menus and labels, with a capital letter where the word is no symbol (tanh). `of` is the
/// setting whose choice it is: "identity" may be an activation or an initialiser.
std::string in_words(std::string_view name, std::string_view of = {});
/// A sentence of the engine, with the titles of the losses in place of their names in documents.
std::string said_in_words(std::string_view sentence);
/// The same of a problem that training has, whose place in the document is the name of a setting in
/// the window: "Loss: .." for "training.loss: ..".
/// What a view says of a network it cannot draw, without its internal name: "Needs ..".
std::string refusal_in_words(std::string_view sentence);
std::string problem_in_words(std::string_view problem);
/// "3 units", "1 unit".
std::string counted(long count, std::string_view one, std::string_view several = {});

}  // namespace crease::app
