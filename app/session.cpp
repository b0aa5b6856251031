#include "session.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/paths.h"
#include "export/network_file.h"
#include "train/adapt.h"
#include "words.h"

namespace crease::app {

using namespace std::chrono_literals;

namespace {

/// As fast as an eye can follow a boundary that forms.
constexpr double opening_speed = 400;

std::vector<Session::Example> find_examples() {
  std::vector<Session::Example> found;
  std::error_code none;
  for (const auto& entry :
       std::filesystem::directory_iterator(assets_folder() / "examples", none)) {
    if (!entry.path().filename().string().ends_with(".crease.json")) continue;
    try {
      found.push_back({entry.path(), load_document(entry.path()).title});
    } catch (const Problem&) {
      // A broken example is left out of the menu; a test reads them all.
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.file < b.file; });
  return found;
}

/// A table, or images in MNIST's format with the labels that lie beside them. Throws Problem.
Source source_of(const std::filesystem::path& file) {
  std::string name = file.filename().string();
  if (name.ends_with(".csv") || name.ends_with(".csv.gz"))
    return Csv{.path = name, .inputs = {}, .target = {}};
  if (const auto at = name.find("images-idx3"); at != std::string::npos) {
    std::string labels = name;
    labels.replace(at, 11, "labels-idx1");
    if (!std::filesystem::exists(file.parent_path() / labels))
      throw Problem(
          file.string(),
          fmt::format("the labels of these images are missing: \"{}\" must lie beside them",
                      labels));
    return Idx{.images = name, .labels = labels, .test_images = {}, .test_labels = {}};
  }
  throw Problem(file.string(),
                "is no file that can be opened here: allowed are documents (.crease.json), tables "
                "(.csv) and images in MNIST's format (..images-idx3-ubyte, packed or not)");
}

}  // namespace

Session::Session(std::function<void()> wake) : wake_(std::move(wake)), examples_(find_examples()) {
  show(opening_document(), {}, true);
  opening_ = true;
}

Session::~Session() = default;

void Session::show(Document document, std::filesystem::path file, bool run) {
  const double speed = runs_.empty() ? opening_speed : runs_.front()->steps_per_second();
  auto fresh = std::make_unique<Run>(std::move(document), wake_);
  fresh->set_steps_per_second(speed);
  fresh->set_running(run);
  runs_.clear();
  sample.reset();
  data_used_.clear();
  messages_.clear();  // they were about the document before
  asked_.clear();     // nothing that it has learned will come
  runs_.push_back(std::move(fresh));
  pointed = {};
  const bool example = std::any_of(examples_.begin(), examples_.end(), [&](const Example& each) {
    std::error_code none;
    return !file.empty() && std::filesystem::equivalent(each.file, file, none);
  });
  file_ = example ? std::filesystem::path{} : std::move(file);
  if (!file_.empty()) preferences.remember(file_);
  opening_ = false;
}

void Session::open_unsaved(const std::filesystem::path& file) {
  load("Reading what was not saved", [file]() -> Apply {
    return [document = load_document(file)](Session& session) {
      session.show(document, {}, false);
      session.run().mark_unsaved();
    };
  });
}

void Session::open(const std::filesystem::path& file, bool run) { read(file, run, true); }

void Session::read(const std::filesystem::path& file, bool run, bool asks) {
  load("Reading " + file.filename().string(), [file, run, asks]() -> Apply {
    const bool is_document = file.string().ends_with(".json");
    Document document = is_document ? load_document(file) : document_for_data(file);
    return [document = std::move(document), file, run, asks, is_document](Session& session) {
      if (asks && session.loses_by_opening()) {
        session.waiting_ = file;
        return;
      }
      session.show(document, is_document ? file : std::filesystem::path{}, run);
      session.warn(file.filename().string(), document.warnings);
    };
  });
}

void Session::save(const std::filesystem::path& file, std::string view,
                   std::function<void()> then) {
  asked_.push_back({file, std::move(view), std::move(then), {}});
  run().ask_for_trained();
}

void Session::export_network(const std::filesystem::path& file, std::string format) {
  asked_.push_back({file, {}, {}, std::move(format)});
  run().ask_for_trained();
}

void Session::write_network(const std::shared_ptr<const Document>& trained, const Saving& saving) {
  const std::string file = saving.file.filename().string();
  writing_what_ = "Writing " + file;
  writing_ = std::async(std::launch::async, [trained, file, saving, wake = wake_]() -> Apply {
    std::string wrong;
    try {
      crease::export_network(*trained, saving.format, saving.file);
    } catch (const std::exception& problem) {
      wrong = problem.what();
    }
    if (wake) wake();
    return [wrong, file](Session& session) {
      session.settle(Message::About::writing);
      if (wrong.empty())
        session.say({Message::Kind::toast, "", "Exported " + file});
      else
        session.say_problem(Message::About::writing, "The network was not exported", wrong);
    };
  });
}

void Session::write(const Document& trained, const Saving& saving) {
  try {
    Document document = trained;
    document.view = saving.view;
    save_document(document, saving.file);
    file_ = saving.file;
    run().mark_saved();
    preferences.remember(saving.file);
    settle(Message::About::writing);
    say({Message::Kind::toast, "", fmt::format("Saved {}", saving.file.filename().string())});
  } catch (const std::exception& wrong) {
    say_problem(Message::About::writing, "The document was not saved", wrong.what());
    return;
  }
  if (saving.then) saving.then();
}

void Session::use_data(const DataSettings& data, const std::string& what) {
  adapt_to_data(data, what, false);
}

void Session::fit_to_data() {
  if (const auto& data = run().document().data) adapt_to_data(*data, "fit to the data", true);
}

void Session::adapt_to_data(const DataSettings& data, const std::string& what, bool must_change) {
  const std::filesystem::path folder = run().document().folder;
  const DataSettings* before = data_shown();
  if (before && before->source.index() != data.source.index())
    data_used_[before->source.index()] = *before;
  data_wanted_ = data;
  load("Reading the data", [data, what, folder, must_change]() -> Apply {
    const auto made = std::make_shared<const DataSet>(make_data(data, folder));
    return [data, what, made, must_change](Session& session) {
      std::string changed;
      session.run().edit(what, [&](Document& document) {
        document.data = data;
        changed = adapt_to(document, *made);
      });
      if (!changed.empty()) {
        changed.front() = static_cast<char>(std::toupper(changed.front()));
        session.say({.text = changed + ".", .edit = session.run().history().undo_number()});
      } else if (must_change) {
        session.say_problem(Message::About::training, "This cannot be fitted by itself",
                            "Only the units of a dense layer at the end can be set: change the "
                            "network by hand so that it has an output for each class or target.");
      }
    };
  });
}

const DataSettings* Session::data_shown() const {
  if (data_wanted_) return &*data_wanted_;
  const auto& data = run().document().data;
  return data ? &*data : nullptr;
}

const DataSettings* Session::data_once_used(const Source& source) const {
  const auto found = data_used_.find(source.index());
  return found == data_used_.end() ? nullptr : &found->second;
}

void Session::load(std::string what, std::function<Apply()> prepare) {
  if (loading_.valid()) {
    next_ = [this, what = std::move(what), prepare = std::move(prepare)] { load(what, prepare); };
    return;
  }
  settle(Message::About::reading);
  loading_what_ = std::move(what);
  loading_ =
      std::async(std::launch::async, [prepare = std::move(prepare), wake = wake_]() -> Apply {
        Apply apply;
        try {
          apply = prepare();
        } catch (const std::exception& wrong) {
          apply = [sentence = std::string(wrong.what())](Session& session) {
            session.say_problem(Message::About::reading, "That could not be read", sentence);
          };
        }
        if (wake) wake();
        return apply;
      });
}

void Session::say(Message message) {
  if (message.kind != Message::Kind::toast) settle(message.about);
  messages_.push_back(std::move(message));
}

void Session::say_problem(Message::About about, const std::string& title, const std::string& what) {
  say({Message::Kind::error, title, what, about});
}

void Session::warn(const std::string& title, const std::vector<std::string>& warnings) {
  constexpr std::size_t most_told = 3;
  if (warnings.empty()) return;
  // A document's settings and its view are read one after the other: one notice says both.
  std::string before;
  for (const Message& known : messages_)
    if (known.kind == Message::Kind::warning && known.title == title) before = known.text + " ";
  std::string text = fmt::format(
      "{}", fmt::join(warnings.begin(),
                      warnings.begin() +
                          static_cast<std::ptrdiff_t>(std::min(most_told, warnings.size())),
                      ". "));
  text = said_in_words(text);
  if (warnings.size() > most_told) text += fmt::format(". {} more", warnings.size() - most_told);
  say({Message::Kind::warning, title, before + text + ".", Message::About::reading});
}

std::string Session::title() const {
  if (!run().document().title.empty()) return run().document().title;
  const std::string name = file_.filename().string();
  return name.empty() ? "Untitled" : name.substr(0, name.find('.'));
}

void Session::settle(Message::About about) {
  std::erase_if(messages_, [about](const Message& known) {
    return known.kind != Message::Kind::toast && known.about == about;
  });
}

void Session::begin_frame() {
  if (loading_.valid() && loading_.wait_for(0s) == std::future_status::ready) {
    const Apply apply = loading_.get();
    apply(*this);
    if (const auto next = std::exchange(next_, {})) next();
    if (!loading_.valid()) data_wanted_.reset();
  }
  if (writing_.valid() && writing_.wait_for(0s) == std::future_status::ready) {
    const Apply apply = writing_.get();
    apply(*this);
  }
  run().begin_frame();
  const auto trained = asked_.empty() ? nullptr : run().trained();
  if (trained) {
    for (Saving& saving : std::exchange(asked_, {}))
      if (saving.format.empty())
        write(*trained, saving);
      else
        exports_.emplace_back(trained, std::move(saving));
  }
  if (writing_.valid() || exports_.empty()) return;
  const auto [network, saving] = std::move(exports_.front());
  exports_.pop_front();
  write_network(network, saving);
}

void Session::end_frame() { run().end_frame(); }

Document opening_document() {
  const auto file = assets_folder() / "examples" / "01_spiral.crease.json";
  std::error_code none;
  if (std::filesystem::exists(file, none)) return load_document(file);
  return load_document(assets_folder() / "examples" / "spiral.crease.json");
}

Document document_for_data(const std::filesystem::path& file) {
  Document document;
  document.title = file.stem().string();
  document.folder = file.parent_path();
  DataSettings data = DataSettings::of(source_of(file));
  if (data.test_fraction == 0) data.test_fraction = 0.3;
  document.data = data;
  const DataSet made = make_data(data, document.folder);
  document.network.nodes = {Node{.id = "h1", .layer = Dense{.units = 8, .activation = Relu{}}},
                            Node{.id = "out", .layer = Dense{.units = 1}}};
  document.training.optimiser = Adam{.rate = 0.01};
  adapt_to(document, made);
  return document;
}

}  // namespace crease::app
