#pragma once
/// Numbers as they are shown and typed.
#include "widgets/base.h"

namespace crease::app {

/// From now on the number of that item is typed, beginning with what it is.
void begin_typing(Gui& gui, ImGuiID id, double value, const NumberLook& look);
/// The input in `box`; true when another number has been taken. Ends the typing when Enter is
/// pressed or the field is left.
bool type_number(Gui& gui, std::string_view name, const ImRect& box, double& value,
                 const NumberLook& look);

/// Beside the number of that item: why what is being typed, or has just been, is not taken.
void show_refusal(Gui& gui, ImGuiID id, const ImRect& box, const NumberLook& look);

/// What is wrong with what was typed ("must be above 0"), or empty and `value` is set.
std::string read_number(const std::string& typed, const NumberLook& look, double& value);

}  // namespace crease::app
