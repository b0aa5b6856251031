#include "components.h"

#include <cmath>
#include <memory>

#include "imgui_canvas.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

class Sheet {
 public:
  explicit Sheet(Gui& gui) : gui_(gui) {}

  void at(double x, double y) { ImGui::SetCursorScreenPos({gui_.px(x), gui_.px(y)}); }
  void title(double x, double y, const char* what) {
    at(x, y);
    words(gui_, what, {.size = 15, .face = Face::semibold});
  }
  void caption(double x, double y, double width, const char* what) {
    at(x, y);
    words(gui_, what,
          {.size = 12, .colour = gui_.theme().ink2, .align = Align::centre, .width = width});
  }
  void as(Pretence pretence) { state_of(gui_).pretence = pretence; }

  void buttons();
  void switches();
  void sliders();
  void fields();
  void work();
  void icons();
  void tips();
  void menu();
  void messages();
  void canvas();

 private:
  Gui& gui_;
};

void Sheet::buttons() {
  title(36, 28, "Buttons");
  const char* states[] = {"normal", "hover", "pressed", "focus", "disabled"};
  for (int i = 0; i < 5; ++i) {
    const double x = 36 + 72 * i;
    at(x, 60);
    as(std::array{Pretence::none, Pretence::hovered, Pretence::held, Pretence::focused,
                  Pretence::none}[static_cast<std::size_t>(i)]);
    if (i == 4) ImGui::BeginDisabled();
    button(gui_, std::string("sheet.reset.") + states[i], "Reset");
    if (i == 4) ImGui::EndDisabled();
    caption(x, 97, 62, states[i]);
  }
  at(36, 118);
  button(gui_, "sheet.run", "Run", {.primary = true, .icon = Icon::play, .width = 80});
  at(126, 118);
  as(Pretence::hovered);
  button(gui_, "sheet.run.hover", "Run", {.primary = true, .icon = Icon::play, .width = 80});
  at(216, 118);
  ImGui::BeginDisabled();
  button(gui_, "sheet.run.disabled", "Run", {.primary = true, .icon = Icon::play, .width = 80});
  ImGui::EndDisabled();
  at(306, 118);
  icon_button(gui_, "sheet.step", Icon::step, "");
  at(340, 118);
  as(Pretence::hovered);
  icon_button(gui_, "sheet.again", Icon::reset, "");
  at(374, 118);
  as(Pretence::focused);
  icon_button(gui_, "sheet.dice", Icon::dice, "");
}

void Sheet::switches() {
  title(36, 168, "Toggle, check box, segments, tabs");
  for (int i = 0; i < 4; ++i) {
    at(36 + 44 * i, 202);
    if (i == 2) as(Pretence::focused);
    if (i == 3) ImGui::BeginDisabled();
    bool on = i == 1 || i == 2;
    toggle(gui_, "sheet.toggle" + std::to_string(i), "", on);
    if (i == 3) ImGui::EndDisabled();
  }
  bool off = false, on = true;
  at(226, 202);
  check_box(gui_, "sheet.off", "", off);
  at(254, 202);
  check_box(gui_, "sheet.on", "show test points", on);
  int chosen = 1;
  at(36, 240);
  segments(gui_, "sheet.curve", {"loss", "accuracy", "both"}, chosen);
  at(36, 280);
  chosen = 0;
  ImGui::BeginChild("tabs", {gui_.px(352), gui_.px(36)});
  tabs(gui_, "sheet.tabs", {"Regions", "Boundary", "Loss"}, chosen);
  ImGui::EndChild();
}

void Sheet::sliders() {
  title(36, 336, "Sliders");
  double noise = 0.35, rate = 0.01, dragging = 0.42, focus = 64, disabled = 0.9, around = -0.4;
  at(36, 365);
  slider(gui_, "sheet.noise", "Noise", noise, {.least = 0, .most = 1}, 164);
  at(224, 365);
  slider(gui_, "sheet.rate", "Rate $η$", rate, {.least = 0.0001, .most = 1, .logarithmic = true},
         164);
  at(36, 433);
  as(Pretence::held);
  slider(gui_, "sheet.dragging", "dragging", dragging, {.least = 0, .most = 1}, 164);
  at(224, 433);
  as(Pretence::focused);
  slider(gui_, "sheet.focus", "focus", focus, {.least = 0, .most = 128, .integer = true}, 164);
  at(36, 482);
  ImGui::BeginDisabled();
  slider(gui_, "sheet.disabled", "disabled", disabled, {.least = 0.5, .most = 1}, 164);
  ImGui::EndDisabled();
  at(224, 482);
  slider(gui_, "sheet.around", "around zero", around, {.least = -1, .most = 1, .from_zero = true},
         164);
}

void Sheet::fields() {
  title(36, 541, "Fields");
  double seed = 9, decay = 0.005;
  at(36, 574);
  number_field(gui_, "sheet.seed", "Seed", seed, {.integer = true},
               {.label_width = 64, .width = 106});
  at(224, 574);
  number_field(gui_, "sheet.decay", "Decay", decay, {.unit = "%", .times = 100},
               {.label_width = 56, .width = 108});
  std::string typed = "0.0125";
  at(36, 614);
  words(gui_, "name", {.colour = gui_.theme().ink2, .height = 30});
  at(100, 614);
  text_field(gui_, "sheet.typing", typed, "", {.width = 106});
  at(224, 614);
  ImGui::BeginDisabled();
  number_field(gui_, "sheet.field.disabled", "disabled", seed, {.integer = true},
               {.label_width = 56, .width = 108});
  ImGui::EndDisabled();
  int loss = 0, optimiser = 2;
  at(36, 681);
  combo(gui_, "sheet.loss", "Loss", {"hinge"}, loss, {.label_width = 64, .width = 106});
  at(224, 681);
  combo(gui_, "sheet.optimiser", "open", {"SGD", "Momentum", "Adam", "AdamW"}, optimiser,
        {.label_width = 56, .width = 108});
  at(36, 726);
  paragraph(gui_,
            "Log sliders have a tick a decade. Drag, wheel, arrow keys, or double-click and type.",
            {.colour = gui_.theme().ink2}, 180, 1.42);
}

void Sheet::work() {
  title(36, 848, "Progress, busy, stale");
  at(36, 880);
  progress(gui_, "Computing landscape", 0.62, 353);
  at(36, 920);
  busy(gui_, "busy for more than 0.3 s");
  at(236, 920);
  chip(gui_, "38 steps behind");
}

void Sheet::icons() {
  title(36, 968, "Icons, 16 px, stroke 1.5");
  for (int i = 1; i < icon_count; ++i) {
    const double x = 44 + 30 * ((i - 1) % 12), y = 1010 + 30 * ((i - 1) / 12);
    draw_icon(gui_, *ImGui::GetWindowDrawList(), static_cast<Icon>(i), {gui_.px(x), gui_.px(y)},
              gui_.theme().ink);
  }
}

void Sheet::tips() {
  title(436, 28, "Section, tile title bar");
  const Theme& theme = gui_.theme();
  at(436, 56);
  ImGui::BeginChild("section", {gui_.px(352), gui_.px(66)});
  bool open = true, folded = false;
  section(gui_, "sheet.data", "Data", open);
  section(gui_, "sheet.regularisation", "Regularisation", folded, "off");
  ImGui::EndChild();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({gui_.px(436), gui_.px(128)}, {gui_.px(788), gui_.px(164)},
                     colour(theme.picture));
  at(448, 131);
  words(gui_, "Linear regions", {.size = 14, .face = Face::semibold, .height = 30});
  at(555, 131);
  words(gui_, "144, exact", {.colour = theme.ink2, .height = 30});
  at(726, 131);
  icon_button(gui_, "sheet.expand", Icon::expand, "", {.size = 28, .quiet = true});
  at(754, 131);
  icon_button(gui_, "sheet.more", Icon::more, "", {.size = 28, .quiet = true});
  title(436, 176, "Tooltip with formula");
  Tip rate;
  rate.title = "Rate $η$";
  rate.fact = "drag or type";
  rate.formulas = {"$θ ← θ − η ∇L(θ)$"};
  rate.text = "Step length. Adam divides it by the running size of the gradient.";
  show_tip(gui_, rate, {gui_.px(460), gui_.px(190), 20, gui_.px(8)});
  Tip read;
  read.readings = {{"$x_1$", "0.312"}, {"$x_2$", "−0.48"}, {"$p$", "0.913"}};
  show_tip(gui_, read, {gui_.px(752), gui_.px(190), 4, gui_.px(8)});
  Tip unit;
  unit.title = "Layer 2, unit 2";
  unit.fact = "on for 46 %";
  unit.formulas = {"$z = Σ_i w_i a_i + b$"};
  unit.readings = {{"$b$", "−0.416"}, {"$∂L/∂b$", "0.0213"}};
  show_tip(gui_, unit, {gui_.px(460), gui_.px(330), 20, gui_.px(8)});
}

void Sheet::menu() {
  title(436, 476, "Menu");
  if (ImGui::GetFrameCount() == 3)
    open_menu_at(gui_, "sheet.menu", {gui_.px(436), gui_.px(480), gui_.px(100), gui_.px(20)});
  if (begin_menu(gui_, "sheet.menu", 250)) {
    menu_entry(gui_, "sheet.menu.copy", "Copy picture", {.keys = "Ctrl C"});
    menu_entry(gui_, "sheet.menu.numbers", "Copy numbers");
    as(Pretence::hovered);
    menu_entry(gui_, "sheet.menu.export", "Export…", {.keys = "Ctrl E"});
    menu_rule(gui_);
    menu_entry(gui_, "sheet.menu.reset", "Reset view", {.keys = "2 × click"});
    if (begin_submenu(gui_, "sheet.menu.colour", "Colour by")) end_submenu(gui_);
    menu_entry(gui_, "sheet.menu.follow", "Follow training", {.checked = true});
    menu_entry(gui_, "sheet.menu.off", "Paste numbers", {.keys = "Ctrl V", .enabled = false});
    menu_entry(gui_, "sheet.menu.use", "Add layer after Dense 8",
               {.keys = "Enter", .in_use = true});
    end_menu(gui_);
  }
}

void Sheet::messages() {
  title(436, 808, "Notices");
  at(436, 838);
  notice(gui_, Severity::error, "Loss became infinite at step 41",
         "The rate 3.0 is too high for this network. Training is paused.",
         {{"sheet.undo", "Undo the rate"}, {"sheet.restart", "Reset"}}, 352);
  at(436, 968);
  notice(gui_, Severity::warn, "Unit 3 of layer 2 is never on",
         "0 of 400 samples. It no longer learns.", {}, 352);
  at(436, 1040);
  for (const char* key : {"Space", ".", "R", "N", "F11"}) {
    key_cap(gui_, key);
    ImGui::SameLine();
  }
  at(436, 1080);
  button(gui_, "sheet.plain", "59 more", {.plain = true});
}

void Sheet::canvas() {
  const Theme& theme = gui_.theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({gui_.px(820), gui_.px(20)}, {gui_.px(1240), gui_.px(1130)},
                     colour(theme.picture));
  title(840, 28, "Canvas");
  Scene scene;
  const auto label = [&](const char* markup, Point at, double size = 13, bool fixed = false) {
    add_text(scene, typeset(markup, {.size = size, .fixed_digits = fixed}), at, theme.ink);
  };
  for (int i = 0; i < 10; ++i) {
    const ClassStyle& style = theme.of_class(i);
    const Stroke edge = style.outlined ? Stroke{theme.ink2, 1, {}} : Stroke{theme.picture, 0, {}};
    add_marker(scene, style.marker, {12.0 + 38 * i, 10}, 6, style.colour, edge);
    add_marker(scene, style.marker, {12.0 + 38 * i, 34}, 2.9, style.colour,
               {theme.picture, 0.9, {}});
    add_marker(scene, style.marker, {12.0 + 38 * i, 54}, 2.9, theme.picture,
               {style.colour, 1.2, {}});
  }
  for (int i = 0; i < 6; ++i) {
    const double y = 80 + 12 * i;
    scene.add(Polyline{{{0, y}, {90, y}}, {theme.ink, 0.4 + 0.4 * i, {}}, false});
    scene.add(Polyline{{{110, y}, {200, y}}, {theme.ink, 1.6, {4, 3}}, false});
    scene.add(Curve{
        {220, 80},
        {290, 80},
        {310, y + 4 * i},
        {380, y + 4 * i},
        {(i % 2 ? theme.positive : theme.negative).faded(0.2 + 0.15 * i), 0.6 + 0.9 * i, {}}});
  }
  std::vector<Point> noisy;
  for (int i = 0; i <= 190; ++i)
    noisy.push_back({2.0 * i, 190 - 30 * std::exp(-i / 50.0) + 12 * std::sin(i * i * 0.7)});
  scene.add(Polyline{noisy, {theme.ink.faded(0.25), 0.9, {}}, false});
  std::vector<Point> smooth;
  for (int i = 0; i <= 190; ++i) smooth.push_back({2.0 * i, 190 - 30 * std::exp(-i / 50.0)});
  scene.add(Polyline{smooth, {theme.ink, 1.8, {}}, false});
  scene.add(Polygon{{{0, 230}, {60, 220}, {80, 290}, {20, 300}},
                    mix(theme.picture, theme.positive, 0.4)});
  scene.add(Polygon{{{60, 220}, {120, 240}, {80, 290}}, mix(theme.picture, theme.negative, 0.4)});
  scene.add(
      Polygon{{{130, 220}, {190, 220}, {160, 250}, {190, 300}, {130, 300}}, theme.accent_soft});
  scene.add(Polyline{{{0, 230}, {60, 220}, {80, 290}, {20, 300}}, {theme.ink, 0.8, {}}, true});
  auto pixels = std::make_shared<Raster>(8, 8);
  auto field = std::make_shared<Raster>(32, 32);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x)
      pixels->at(x, y) = theme.signed_values.at((std::sin(x * 1.3) * std::cos(y * 0.9) + 1) / 2);
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x)
      field->at(x, y) = theme.field.at((std::sin(x * 0.3) * std::cos(y * 0.2) + 1) / 2);
  static std::shared_ptr<const Raster> hard, soft;  // the sheet's own, so that textures are kept
  if (!hard || !(*hard == *pixels)) hard = pixels, soft = field;
  scene.add(Image{{210, 220, 80, 80}, hard, {}, false});
  scene.add(Image{{300, 220, 80, 80}, soft, {}, true});
  scene.add(RoundRect{{210, 220, 80, 80}, 0, {0, 0, 0, 0}, {theme.frame, 1, {}}});
  scene.add(RoundRect{{300, 220, 80, 80}, 0, {0, 0, 0, 0}, {theme.frame, 1, {}}});
  scene.add(RoundRect{{0, 320, 60, 40}, 6, theme.picture, {theme.frame, 1, {}}});
  scene.add(RoundRect{{70, 320, 60, 40}, 5, theme.accent_soft, {theme.accent, 2, {}}});
  scene.add(RoundRect{{140, 320, 60, 40}, 5, {0, 0, 0, 0}, {theme.warn, 1.6, {4, 3}}});
  scene.add(Disc{{240, 340}, 20, theme.accent_soft, {theme.accent, 2, {}}});
  scene.add(Disc{{290, 340}, 20, {0, 0, 0, 0}, {theme.ink, 1.2, {3, 2}}});
  Mesh mesh;
  for (int i = 0; i <= 20; ++i) {
    mesh.points.push_back({320.0 + 3 * i, 330 + 8 * std::sin(i * 0.4)});
    mesh.points.push_back({320.0 + 3 * i, 350 + 8 * std::sin(i * 0.4)});
    for (int k = 0; k < 2; ++k) mesh.colours.push_back(theme.ordered.at(i / 20.0));
  }
  for (std::uint32_t i = 0; i + 3 < mesh.points.size(); i += 2)
    for (const std::uint32_t corner : {0, 1, 2, 2, 1, 3}) mesh.triangles.push_back(i + corner);
  scene.add(mesh);
  label("Sphinx of black quartz, judge my vow 0123456789", {0, 400});
  label("0.0894  111.111  4 800  −0.416", {0, 422}, 13, true);
  label("$z = Σ_i w_i a_i + b$   $\\frac{∂L}{∂w_{11}} = δ_1 x_1$   $∇L ∈ ℝ^n$", {0, 452}, 18);
  label("$\\frac{1}{1 + e^{−z}}$  $‖∂L/∂W‖ ≤ ε$  $\\max(0, z)$  $⌊x⌋ ⊙ y$", {0, 496}, 24);
  for (int size = 12; size <= 20; ++size)
    label("Each layer folds", {0 + 130.0 * (size % 3), 520 + 24.0 * ((size - 12) / 3)}, size);
  for (int i = 0; i < 3; ++i) {
    Text turned{
        {300.0 + 30 * i, 700}, "accuracy 98.0 %", Face::regular, 12.0 + i, theme.ink2, false, 1};
    scene.add(turned);
  }
  scene.add(Clip{{0, 600, 120, 60}});
  scene.add(Disc{{0, 600}, 60, theme.positive, {}});
  scene.add(Clip{{60, 600, 200, 30}});
  scene.add(Disc{{120, 630}, 50, theme.negative, {}});
  scene.add(Unclip{});
  scene.add(Unclip{});
  scene.add(Polyline{{{140, 610}, {200, 660}, {140, 650}, {200, 605}}, {theme.ink, 4, {}}, false});
  ImGuiCanvas canvas(gui_, list, {gui_.px(840), gui_.px(60)});
  paint(scene, canvas);
}

}  // namespace

void draw_components(Gui& gui) {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("components", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
  Sheet sheet(gui);
  sheet.buttons();
  sheet.switches();
  sheet.sliders();
  sheet.fields();
  sheet.work();
  sheet.icons();
  sheet.tips();
  sheet.messages();
  sheet.canvas();
  sheet.menu();
  ImGui::End();
}

}  // namespace crease::app
