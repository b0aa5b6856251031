#include "probe/regions/regions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "commands/command.h"
#include "core/tasks.h"
#include "probe/regions/reach.h"
#include "views/region_terms.h"
#include "views/slice.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, window, plane;
  bool json = false;
};

/// The numbers of "x0,x1" or "x0,x1,y0,y1".
std::vector<double> numbers_of(const std::string& text) {
  std::vector<double> numbers;
  for (const char *at = text.data(), *end = at + text.size();; ++at) {
    double value = 0;
    const auto read = std::from_chars(at, end, value);
    if (read.ec != std::errc() || !std::isfinite(value) || (read.ptr != end && *read.ptr != ','))
      throw Problem("--window", fmt::format("\"{}\" is no list of numbers: write "
                                            "--window=-1,1,-1,1 (or two, for one input)",
                                            text));
    numbers.push_back(value);
    at = read.ptr;
    if (at == end) return numbers;
  }
}

Domain window_of(const std::string& text, bool is_line) {
  const std::vector<double> w = numbers_of(text);
  const std::size_t wanted = is_line ? 2 : 4;
  if (w.size() != wanted)
    throw Problem("--window", fmt::format("needs {} numbers here ({}), not {}", wanted,
                                          is_line ? "x0,x1" : "x0,x1,y0,y1", w.size()));
  const Domain window{w[0], w[1], is_line ? -1 : w[2], is_line ? 1 : w[3]};
  if (!(window.x0 < window.x1 && window.y0 < window.y1))
    throw Problem("--window", "each end must be larger than its start");
  // Beyond these the window's own coordinates lose the digits that tell folds apart.
  constexpr double most = 1e12, least = 1e-12, least_share = 1e-9;
  const auto is_good = [=](double from, double to) {
    const double size = std::max(std::abs(from), std::abs(to));
    return size <= most && to - from >= std::max(least, least_share * size);
  };
  if (!is_good(window.x0, window.x1) || !is_good(window.y0, window.y1))
    throw Problem("--window", fmt::format("may reach from {:g} to {:g}, and each end must be at "
                                          "least {:g}, and a billionth of its size, from its start",
                                          -most, most, least));
  return window;
}

regions::Slice plane_of(const std::string& file, std::size_t inputs) {
  return read_file(file, [&](const Json& json) {
    if (!json.is_object())
      throw Problem("must be an object {\"origin\": [..], \"u\": [..], \"v\": [..]}");
    regions::Slice slice;
    json::Reading reading;
    const json::Place root{&reading, "", {}};
    for (auto item = json.begin(); item != json.end(); ++item)
      if (item.key() != "origin" && item.key() != "u" && item.key() != "v")
        warn(file, item.key() + ": unknown field, ignored");
    for (const auto& [name, to] :
         {std::pair{"origin", &slice.origin}, {"u", &slice.u}, {"v", &slice.v}}) {
      if (!json.contains(name)) throw Problem(fmt::format("has no \"{}\"", name));
      json::read(json.at(name), *to, Field{}, root / name);
      if (to->size() != inputs)
        throw Problem(name, fmt::format("must hold {} numbers, as many as the network has inputs, "
                                        "not {}",
                                        inputs, to->size()));
    }
    regions::check_directions(slice);
    return slice;
  });
}

regions::Slice slice_of(const Options& options, const Document& document, const Plan& plan) {
  const std::size_t inputs = plan.input.size();
  regions::Slice slice;
  if (!options.plane.empty()) {
    slice = plane_of(options.plane, inputs);
  } else {
    if (inputs > 2)
      throw Problem("--plane", fmt::format("is needed: this network has {} inputs, and regions are "
                                           "found on a plane through them",
                                           inputs));
    std::optional<DataSet> data;
    if (document.data && options.window.empty()) data = make_data(*document.data, document.folder);
    slice = home_slice(inputs, data ? &*data : nullptr).slice;
  }
  if (!options.window.empty()) slice.window = window_of(options.window, slice.is_line());
  return slice;
}

/// Under the keys of the reference cases: decimal strings, "None" where a formula does not apply.
Json bounds_json(const Plan& plan) {
  const auto found = regions::bounds_of(plan);
  if (!found) return nullptr;
  const auto text = [](const std::optional<regions::WholeNumber>& number) {
    return number ? number->text() : "None";
  };
  Json json{{"n0", found->inputs},
            {"hidden", found->hidden},
            {"params", fmt::format("{}", found->parameters)},
            {"2^N", found->all_patterns.text()},
            {"zaslavsky_first", found->zaslavsky.text()},
            {"montufar14_lower", text(found->montufar14_lower)},
            {"serra18_lower_needs_n>=3n0", text(found->serra18_lower)},
            {"udl_formula", text(found->udl_formula)},
            {"product_upper", found->product_upper.text()},
            {"montufar17_upper", found->montufar17_upper.text()},
            {"serra18_upper", found->serra18_upper.text()},
            {"hr_gauge", nullptr}};
  if (found->hanin_rolnick) json["hr_gauge"] = *found->hanin_rolnick;
  return json;
}

Json json_of(const regions::Regions& found, const Plan& plan) {
  Json json{{"patterns", found.patterns()},
            {"regions", found.joined.regions},
            {"affine_maps", found.joined.affine_maps},
            {"vertices", found.arrangement.vertices},
            {"edges", found.arrangement.edges},
            {"faces", found.cells.size()},
            {"exact", found.is_exact}};
  json["by_layer"] = Json::array();
  for (std::size_t f = 0; f < found.program.folds.size(); ++f) {
    const std::size_t before = f == 0 ? 1 : found.cells.after[f - 1];
    json["by_layer"].push_back({{"id", found.program.folds[f].node},
                                {"patterns", found.cells.after[f]},
                                {"added", found.cells.after[f] - before}});
  }
  if (found.cells.is_line) json["breakpoints"] = found.breakpoints();
  json["bounds"] = bounds_json(plan);
  if (const std::string note = regions::note_on(found.program); !note.empty()) json["note"] = note;
  return json;
}

void print_for_people(const regions::Regions& found, const Plan& plan) {
  const auto line = [](const std::string& label, const std::string& value) {
    fmt::print("{:<56}{}{}\n", label, label.size() < 56 ? "" : "  ", value);
  };
  const auto count = [](std::size_t n) { return thousands(static_cast<double>(n)); };
  const bool exact = found.is_exact;
  const Domain& window = found.program.slice.window;
  line("window", found.cells.is_line
                     ? fmt::format("{}, {}", window.x0, window.x1)
                     : fmt::format("{}, {}, {}, {}", window.x0, window.x1, window.y0, window.y1));
  line("regions", fmt::format("{}{}", count(found.joined.regions), exact ? ", exact" : ""));
  line("activation patterns", count(found.patterns()));
  line("affine maps", count(found.joined.affine_maps));
  line("vertices, edges, faces",
       fmt::format("{}, {}, {}", count(found.arrangement.vertices), count(found.arrangement.edges),
                   count(found.cells.size())));
  if (!found.cells.is_complete)
    line("", fmt::format("not all: at least {} patterns", count(found.cells.at_least)));
  else if (found.cells.ambiguous > 0)
    line("", fmt::format("{} tests were a close call", count(found.cells.ambiguous)));
  for (std::size_t f = 0; f < found.program.folds.size(); ++f)
    line(fmt::format("patterns after {}", one_line(found.program.folds[f].node)),
         count(found.cells.after[f]));
  const auto bounds = regions::bounds_of(plan);
  line("parameters", count(plan.parameter_count));
  if (!bounds) return;
  constexpr std::size_t most_digits = 60;
  for (const RegionFigure& figure : figures_of(*bounds))
    line(
        fmt::format("{} ({})", figure.term.name, figure.term.source),
        figure.value.size() <= most_digits ? figure.value : fmt::format("10^{:.1f}", figure.log10));
}

void run(const Options& options) {
  const Document document = open(options.file);
  const Plan plan = checked_plan<double>(options.file, document);
  const regions::Slice slice = in_file(options.file, [&] {
    if (const std::string sentence = regions::refusal(plan); !sentence.empty())
      throw Problem(sentence);
    return slice_of(options, document, plan);
  });
  auto parameters = initialise<double>(plan, document.training.initialiser, document.training.seed);
  read_tensors(plan, document.weights, parameters);
  constexpr std::size_t most_cells = 2000000;
  const regions::Regions found = in_file(options.file, [&] {
    return regions::analyse(plan, parameters.data(), slice,
                            {.most_cells = most_cells, .threads = hardware_threads()});
  });
  if (const std::string note = regions::note_on(found.program); !note.empty())
    warn(options.file, note);
  if (options.json)
    print(json_of(found, plan));
  else
    print_for_people(found, plan);
}

}  // namespace

void add_regions(CLI::App& app) {
  auto* command = app.add_subcommand("regions", "the exact linear regions of a network");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file, "NAME.crease.json")->required();
  command->add_option("--window", options->window,
                      "x0,x1,y0,y1 (x0,x1 for one input); the data's if not given, else -1,1");
  command->add_option("--plane", options->plane,
                      "a JSON file {\"origin\": [..], \"u\": [..], \"v\": [..]}: the points "
                      "origin + s u + t v of the input space, the window in (s, t)");
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
