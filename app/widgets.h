#pragma once
/// The controls. Every one takes a stable name, for scripts and tests; what the user reads is
/// separate from it. They are laid out at Dear ImGui's cursor, lengths are px at scale 1, and what
/// lies between ImGui::BeginDisabled and EndDisabled looks and acts switched off.
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "draw_text.h"
#include "figure/scene.h"
#include "gui.h"
#include "icons.h"
#include "style.h"

namespace crease::app {

// --- text -------------------------------------------------------------------------------------

struct WordsLook {
  double size = measure::label;
  Face face = Face::regular;
  std::optional<Colour> colour = {};  ///< else ink
  bool fixed_digits = false;
  Align align = Align::left;
  double width = 0;   ///< of the item; 0: as wide as the words
  double height = 0;  ///< of the item, the words in its middle; 0: the line's own
};
/// One line of markup as an item; shortened where the width is given and too small.
void words(Gui& gui, std::string_view markup, const WordsLook& look = {});
/// Lines of at most `width`, `line` times the size apart; the width of the content where it is 0.
void paragraph(Gui& gui, std::string_view markup, const WordsLook& look = {}, double width = 0,
               double line = 1.5);

// --- tips -------------------------------------------------------------------------------------

struct Tip {
  std::string title;  ///< markup
  std::string fact;   ///< markup, at the right of the title
  std::vector<std::string> formulas;
  std::vector<Reading> readings;
  std::string text;  ///< markup, set in lines
  std::string keys;  ///< "Ctrl E": how it is done from the keyboard
};
/// Shows `tip` when the pointer has rested for 350 ms on the last item, or it has the focus.
void tip(Gui& gui, const Tip& tip);
void tip(Gui& gui, std::string_view title, std::string_view keys = {});
/// Shows it now, beside `at` (pixels), where it fits: for places that are no item.
/// `beside`: at its right or left, so that what stands below it stays in sight.
void show_tip(Gui& gui, const Tip& tip, Rect at, bool beside = false);
/// The tip of a place of a figure.
Tip tip_of(const Hot& hot);

// --- buttons ----------------------------------------------------------------------------------

struct ButtonLook {
  bool primary = false;  ///< one a window
  bool small = false;
  Icon icon = Icon::none;
  Icon trailing = Icon::none;
  double width = 0;        ///< 0: as wide as its words
  bool plain = false;      ///< words in accent, without a frame
  bool icon_only = false;  ///< the label is not shown: its tip says it
};
bool button(Gui& gui, std::string_view name, std::string_view label, const ButtonLook& look = {});

struct IconLook {
  bool on = false;  ///< shown as switched on
  double size = measure::control;
  bool quiet = false;  ///< ink 3 until the pointer is there
  bool round = false;  ///< framed by a circle, as the plus between layers
};
/// `label` is its tip, with `keys`.
bool icon_button(Gui& gui, std::string_view name, Icon icon, std::string_view label,
                 const IconLook& look = {}, std::string_view keys = {});
bool check_box(Gui& gui, std::string_view name, std::string_view label, bool& on);
bool toggle(Gui& gui, std::string_view name, std::string_view label, bool& on);

// --- one of several ---------------------------------------------------------------------------

bool segments(Gui& gui, std::string_view name, const std::vector<std::string>& labels, int& chosen);
bool tabs(Gui& gui, std::string_view name, const std::vector<std::string>& labels, int& chosen);
/// A field that opens a list. Where there is a `label` it stands before the field, which then
/// begins at `label_width`.
struct FieldLook {
  double label_width = 84;
  double width = 0;  ///< of the field; 0: what is left of the line
  bool small = false;
};
bool combo(Gui& gui, std::string_view name, std::string_view label,
           const std::vector<std::string>& labels, int& chosen, const FieldLook& look = {});

// --- numbers and words ------------------------------------------------------------------------

struct NumberLook {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool above_least = false;  ///< `least` itself is not allowed
  bool below_most = false;   ///< `most` itself is not allowed
  /// What may be typed, where that reaches further than the track.
  std::optional<double> typed_least = {}, typed_most = {};
  bool integer = false;
  bool logarithmic = false;
  double step = 0;         ///< of arrow keys and wheel; 0: a hundredth of the range, 1 for integers
  std::string unit = {};   ///< "%": behind the number
  double times = 1;        ///< shown is value x times
  int significant = 6;     ///< digits shown at most
  bool from_zero = false;  ///< a slider whose filled part begins at zero
  std::string zero = {};   ///< what 0 is called: "off"
  std::string endless = {};  ///< a word that may be typed for infinity: "full"
};
/// What a look would show of a value.
std::string number_label(double value, const NumberLook& look);

/// A row: label, value at the right, track below. Drag, wheel, arrow keys; double-click on the
/// value or Ctrl-click to type. True whenever the value has changed.
bool slider(Gui& gui, std::string_view name, std::string_view label, double& value,
            const NumberLook& look, double width = 0);
/// A track alone, without label and value.
bool slider_track(Gui& gui, std::string_view name, double& value, const NumberLook& look,
                  double width);
/// A field for a number, taken when Enter is pressed or the field is left; a wrong one is told
/// below it and does not count.
bool number_field(Gui& gui, std::string_view name, std::string_view label, double& value,
                  const NumberLook& look, const FieldLook& field = {});
/// True whenever the words have changed.
bool text_field(Gui& gui, std::string_view name, std::string& words, std::string_view hint = {},
                const FieldLook& look = {}, Icon icon = Icon::none);

// --- groups -----------------------------------------------------------------------------------

/// The head of a part of a panel that folds; `fact` stands at its right. Is it open?
bool section(Gui& gui, std::string_view name, std::string_view label, bool& open,
             std::string_view fact = {});
/// A 1 px line over the whole width.
void rule(Gui& gui, double gap_before = 12, double gap_after = 12);
/// An empty space of that height.
void gap(Gui& gui, double height);

// --- menus ------------------------------------------------------------------------------------

/// Opens the menu of that name below the last item.
void open_menu(Gui& gui, std::string_view name);
/// Opens it below a rectangle in pixels (an empty one at the pointer).
void open_menu_at(Gui& gui, std::string_view name, Rect pixels);
/// True while it is open: then entries follow, and end_menu.
bool begin_menu(Gui& gui, std::string_view name, double width = 0);
void end_menu(Gui& gui);
struct EntryLook {
  std::string keys = {};
  bool enabled = true;
  bool checked = false;
  bool tick_first = false;  ///< room for the tick before the words, as in lists to choose from
  bool in_use = false;      ///< the row that Enter takes
};
bool menu_entry(Gui& gui, std::string_view name, std::string_view label,
                const EntryLook& look = {});
bool begin_submenu(Gui& gui, std::string_view name, std::string_view label);
void end_submenu(Gui& gui);
void menu_rule(Gui& gui);
/// Controls inside a menu stand as far from its edges as its words. Between both calls.
void begin_menu_controls(Gui& gui);
void end_menu_controls(Gui& gui);

// --- messages ---------------------------------------------------------------------------------

enum class Severity { warn, error };
/// A notice in the flow of a panel; the number of the pressed button of `actions` ({name, label}),
/// or -1.
struct MessageButton {
  std::string name, label;
};
int notice(Gui& gui, Severity severity, std::string_view title, std::string_view text,
           const std::vector<MessageButton>& actions = {}, double width = 0);
/// A small grey ground with words: "38 steps behind".
void chip(Gui& gui, std::string_view words);
void progress(Gui& gui, std::string_view label, double share, double width = 0);
/// A turning arc, with words beside it.
void busy(Gui& gui, std::string_view words);
/// A key as it is printed on keyboards.
void key_cap(Gui& gui, std::string_view key);
/// What has just happened, shown for some seconds over everything else.
class Toasts {
 public:
  /// Takes the place of the one before. `action` may have an empty name: then there is no button.
  /// It goes at once where `stands` says that it does not hold any more.
  void say(std::string text, MessageButton action = {}, std::function<void()> pressed = {},
           std::function<bool()> stands = {});
  /// Drawn above the point `bottom_centre`, in pixels.
  void draw(Gui& gui, Point bottom_centre);
  bool empty() const { return !shown_; }
  void clear() { shown_.reset(); }

 private:
  struct Toast {
    std::string text;
    MessageButton action;
    std::function<void()> pressed;
    std::function<bool()> stands;
    double age = 0;
  };
  std::optional<Toast> shown_;
};

}  // namespace crease::app
