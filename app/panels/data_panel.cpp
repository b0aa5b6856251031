#include "panels/data_panel.h"

#include <array>

#include "field_editor.h"
#include "imgui_canvas.h"
#include "panels/column_choice.h"
#include "panels/data_thumbnail.h"
#include "widgets/base.h"
#include "words.h"

namespace crease::app {

namespace {

constexpr double side = 36;          ///< of a thumbnail
constexpr double thumbnail_gap = 5;  ///< five stand beside each other, with a scroll bar too
/// The sources that have a thumbnail; all others are in the list.
constexpr std::array<std::string_view, 10> shown{
    "spiral", "circle", "xor", "gauss", "moons", "sine", "xor4", "and", "mnist", "fashion_mnist"};

/// What is kept when another source is chosen: how it is split, and the seed.
DataSettings with_source(const DataSettings& before, const Source& source) {
  DataSettings settings = DataSettings::of(source);
  settings.seed = before.seed;
  settings.standardise = before.standardise;
  const bool noisy = source.index() == before.source.index();
  if (noisy) settings.noise = before.noise;
  return settings;
}

/// Whether it gives samples without a file or points of one's own.
bool has_usual_samples(const auto& source) {
  return source.samples != 0 || source.name.ends_with("mnist");
}

std::string fact_of(const Run& run) {
  const auto& snapshot = run.snapshot();
  if (!snapshot || !snapshot->data) return "";
  const DataSet& data = *snapshot->data;
  if (data.is_classification()) return counted(data.class_count, "class", "classes");
  return counted(data.targets.rows(), "number", "numbers");
}

}  // namespace

void DataPanel::draw(Gui& gui, Session& session) {
  if (!section(gui, "data", "Data", open_)) return;
  const Run& run = session.run();
  gap(gui, 4);
  thumbnails(gui, session);
  gap(gui, 8);
  all_sources(gui, session);
  if (!session.data_shown()) return;
  gap(gui, 4);
  DataSettings settings = *session.data_shown();
  // The source itself stands above; a stored set has its own test part, and nobody adds noise to
  // it.
  EditorLook look{.skip = {"source", "seed"}, .rare = false, .field = {}};
  if (name_of(settings.source).ends_with("mnist"))
    look.skip.merge(std::set<std::string>{"noise", "test_fraction"});
  // The columns of a table can be chosen once it has been read.
  const auto& snapshot = run.snapshot();
  auto* table = std::get_if<Csv>(&settings.source);
  const std::size_t columns = snapshot && snapshot->data ? snapshot->data->columns.size() : 0;
  if (columns == 0 || columns > most_columns_listed) table = nullptr;
  if (table) look.skip.merge(std::set<std::string>{"inputs", "target"});
  bool changed =
      std::visit([&](auto& own) { return edit_fields(gui, "data", own, look); }, settings.source);
  if (table) changed = choose_columns(gui, *table, snapshot->data->columns) || changed;
  changed = edit_fields(gui, "data", settings, look) || changed;
  Batch batch = run.document().training.batch;
  if (run.document().training.sampling != Sampling::full) {
    Training described;
    Training::fields(described, [&](const Field& field, auto& member) {
      if constexpr (std::is_same_v<std::decay_t<decltype(member)>, Batch>)
        if (editor::edit(gui, "training", field, batch, look))
          session.run().edit("batch", [&](Document& d) { d.training.batch = batch; });
    });
  }
  if (changed) session.use_data(settings, "data");
}

std::vector<Source> DataPanel::choices() {
  std::vector<Source> all;
  for_each_alternative<Source>([&](const auto& source) {
    if (has_usual_samples(source)) all.emplace_back(source);
  });
  return all;
}

void DataPanel::choose(Session& session, const Source& source) {
  const DataSettings *data = session.data_shown(), *once = session.data_once_used(source);
  if (data && data->source.index() == source.index()) return;
  if (once) return session.use_data(DataSettings(*once), "data source");
  session.use_data(with_source(data ? *data : DataSettings{}, source), "data source");
}

void DataPanel::thumbnails(Gui& gui, Session& session) {
  if (thumbnails_.empty() || dark_ != gui.theme().dark) {
    thumbnails_.clear();
    dark_ = gui.theme().dark;
    for_each_alternative<Source>([&](const auto& source) {
      if (std::find(shown.begin(), shown.end(), source.name) == shown.end()) return;
      if (auto scene = data_thumbnail(source, side, gui.theme()))
        thumbnails_.push_back({source, std::move(*scene)});
    });
  }
  const DataSettings* data = session.data_shown();
  const float room = ImGui::GetContentRegionAvail().x, step = gui.px(side + thumbnail_gap);
  const int beside = std::max(1, static_cast<int>((room + gui.px(thumbnail_gap)) / step));
  for (std::size_t i = 0; i < thumbnails_.size(); ++i) {
    const Thumbnail& thumbnail = thumbnails_[i];
    if (i % static_cast<std::size_t>(beside) != 0) ImGui::SameLine(0, gui.px(thumbnail_gap));
    const std::string name(name_of(thumbnail.source));
    const Press press = press_area(gui, "data." + name, {gui.px(side), gui.px(side)});
    const bool in_use = data && data->source.index() == thumbnail.source.index();
    gui.named("data." + name, in_words(name), in_use ? "on" : "");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ground(gui, list, press.box, 5, press.hovered ? gui.theme().hover : gui.theme().picture,
           in_use ? gui.theme().accent : gui.theme().rule, in_use ? 2 : 1);
    if (press.focused) focus_ring(gui, press.box, 5);
    ImGuiCanvas canvas(gui, list, {press.box.Min.x, press.box.Min.y});
    paint(thumbnail.scene, canvas);
    tip(gui, Tip{.title = in_words(name),
                 .fact = {},
                 .formulas = {},
                 .readings = {},
                 .text = plain(std::visit([](const auto& s) { return std::string(s.help); },
                                          thumbnail.source)) +
                         ".",
                 .keys = {}});
    if (press.pressed && !in_use) choose(session, thumbnail.source);
  }
}

void DataPanel::all_sources(Gui& gui, Session& session) {
  const DataSettings* data = session.data_shown();
  std::vector<std::string> labels;
  std::vector<Source> sources;
  int chosen = -1;
  for_each_alternative<Source>([&](const auto& source) {
    // What needs a file or points of its own cannot be chosen by name; it is shown where it is in
    // use.
    const bool in_use = data && name_of(data->source) == source.name;
    if (!in_use && !has_usual_samples(source)) return;
    if (in_use) chosen = static_cast<int>(sources.size());
    sources.emplace_back(source);
    labels.push_back(in_words(source.name));
  });
  if (!data) {
    chosen = static_cast<int>(sources.size());
    sources.emplace_back();
    labels.emplace_back("No data");
  }
  const std::string fact = fact_of(session.run());
  if (combo(gui, "data.source", "", labels, chosen) && chosen >= 0)
    choose(session, sources[static_cast<std::size_t>(chosen)]);
  tip(gui, Tip{.title = "Data",
               .fact = fact,
               .formulas = {},
               .readings = {},
               .text = data ? plain(std::visit([](const auto& s) { return std::string(s.help); },
                                               data->source)) +
                                  "."
                            : "Where the samples come from.",
               .keys = {}});
}

}  // namespace crease::app
