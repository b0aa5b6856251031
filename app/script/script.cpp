#include "script/script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <sstream>

#include "core/problem.h"
#include "script/keys.h"

namespace crease::app {

namespace {

/// The words of a line. Throws Problem where a quotation mark is left open.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> words;
  std::size_t i = 0;
  while (i < line.size()) {
    const char c = line[i];
    if (c == '#') break;
    if (c == ' ' || c == '\t' || c == '\r') {
      ++i;
      continue;
    }
    std::string word;
    if (c != '"') {
      while (i < line.size() && line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
        word += line[i++];
      words.push_back(std::move(word));
      continue;
    }
    for (++i; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] == '\\' && i + 1 < line.size()) ++i;
      word += line[i];
    }
    if (i == line.size()) throw Problem("a quotation mark is left open");
    ++i;
    words.push_back(std::move(word));
  }
  return words;
}

std::optional<double> number_of(const std::string& word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return {};
  return value;
}

/// The words behind the verb, one after the other.
class Words {
 public:
  Words(std::vector<std::string> words, std::string_view usage)
      : words_(std::move(words)), usage_(usage) {}

  bool done() const { return at_ == words_.size(); }
  std::string word(std::string_view what) {
    if (done()) wrong(fmt::format("{} is missing", what));
    return words_[at_++];
  }
  double number(std::string_view what) {
    const std::string given = word(what);
    const auto value = number_of(given);
    if (!value) wrong(fmt::format("{} must be a number, not \"{}\"", what, given));
    return *value;
  }
  long count(std::string_view what) {
    const double value = number(what);
    if (value < 1 || value > 1e9 || value != static_cast<double>(static_cast<long>(value)))
      wrong(fmt::format("{} must be a whole number of at least 1", what));
    return static_cast<long>(value);
  }
  /// Takes the next word if it is this one.
  bool take(std::string_view word) {
    if (done() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  void end() const {
    if (!done()) wrong(fmt::format("\"{}\" is too much", words_[at_]));
  }
  [[noreturn]] void wrong(const std::string& what) const {
    throw Problem(fmt::format("{}: write {}", what, usage_));
  }

 private:
  std::vector<std::string> words_;
  std::string_view usage_;
  std::size_t at_ = 1;
};

constexpr std::array<std::string_view, 6> comparisons{"<", "<=", ">", ">=", "==", "!="};

Condition read_condition(Words& words) {
  using Kind = Condition::Kind;
  Condition condition;
  condition.wanted = !words.take("no");
  const std::string first = words.word("what is expected");
  const auto is = [&](Kind kind, bool wanted, const char* what) {
    condition.kind = kind;
    condition.wanted = condition.wanted == wanted;
    if (what) condition.name = words.word(what);
    return condition;
  };
  if (first == "text") return is(Kind::text, true, "the text");
  if (first == "file") return is(Kind::file, true, "the file");
  if (first == "shown") return is(Kind::shown, true, "the name of an item");
  if (first == "hidden") return is(Kind::shown, false, "the name of an item");
  if (first == "enabled") return is(Kind::enabled, true, "the name of an item");
  if (first == "disabled") return is(Kind::enabled, false, "the name of an item");
  if (first == "running") return is(Kind::running, true, nullptr);
  if (first == "paused") return is(Kind::running, false, nullptr);
  condition.operation = "==";
  if (first == "selected" || first == "value") {
    is(Kind::value, true, "the name of an item");
    condition.other = first == "selected" ? "on" : words.word("the value");
    return condition;
  }
  condition.kind = Kind::number;
  condition.name = first;
  condition.operation = words.word("<, <=, >, >=, == or !=");
  if (std::find(comparisons.begin(), comparisons.end(), condition.operation) == comparisons.end())
    words.wrong(fmt::format("\"{}\" compares nothing", condition.operation));
  condition.other = words.word("the number to compare with");
  if (words.take("+-")) condition.tolerance = words.number("the tolerance");
  return condition;
}

/// One way to write an action: its first words, how it goes on, what it does.
struct Form {
  std::string_view verb;
  std::string_view second;  // a word that must follow; empty where any may
  Verb means;
  VerbHelp help;
  std::function<void(Words&, Action&)> read;
};

void item(Words& words, Action& action) { action.name = words.word("the name of an item"); }

void place(Words& words, Action& action) {
  if (words.done()) return;
  action.u = words.number("where in it, from 0 at the left to 1 at the right,");
  action.v = words.number("where in it, from 0 at the top to 1 at the bottom,");
}

void item_and_place(Words& words, Action& action) {
  item(words, action);
  place(words, action);
}

void file(Words& words, Action& action) { action.words = words.word("the name of a file"); }

const std::vector<Form>& forms() {
  static const std::vector<Form> all{
      {"click",
       "",
       Verb::click,
       {"click \"ITEM\" [U V]", "presses an item, in its middle or at fractions of its size"},
       item_and_place},
      {"double_click",
       "",
       Verb::double_click,
       {"double_click \"ITEM\" [U V]", "presses it twice"},
       item_and_place},
      {"right_click",
       "",
       Verb::right_click,
       {"right_click \"ITEM\" [U V]", "opens its menu"},
       item_and_place},
      {"hover",
       "",
       Verb::hover,
       {"hover \"ITEM\" [U V]", "rests the pointer on it"},
       item_and_place},
      {"drag",
       "",
       Verb::drag,
       {"drag \"ITEM\" DX DY [U V]", "drags it by so many px (at text scale 1)"},
       [](Words& words, Action& action) {
         item(words, action);
         action.x = words.number("the way to the right");
         action.y = words.number("the way down");
         place(words, action);
       }},
      {"wheel",
       "",
       Verb::wheel,
       {"wheel \"ITEM\" NOTCHES [U V]", "turns the wheel over it, upwards where positive"},
       [](Words& words, Action& action) {
         item(words, action);
         action.y = words.number("the number of notches");
         place(words, action);
       }},
      {"type",
       "",
       Verb::type,
       {"type \"ITEM\" \"TEXT\"", "opens an item for typing, replaces what it holds, and Enter"},
       [](Words& words, Action& action) {
         item(words, action);
         action.words = words.word("the text");
       }},
      {"key",
       "",
       Verb::key,
       {"key \"KEYS\"",
        "presses a key, such as \"Ctrl+Shift+Z\", \"Space\", \"PageDown\", \"F11\" or \"Ctrl+=\""},
       [](Words& words, Action& action) {
         action.name = words.word("the keys");
         if (!keys_of_name(action.name))
           words.wrong(fmt::format("\"{}\" names no keys", action.name));
       }},
      {"drop",
       "",
       Verb::drop,
       {"drop \"FILE\"", "drops a file of the script's folder on the window"},
       file},
      {"size",
       "",
       Verb::size,
       {"size WIDTH HEIGHT", "makes the window so many pixels large"},
       [](Words& words, Action& action) {
         action.x = static_cast<double>(words.count("the width"));
         action.y = static_cast<double>(words.count("the height"));
       }},
      {"wait",
       "steps",
       Verb::wait_steps,
       {"wait steps N", "until N more steps are trained"},
       [](Words& words, Action& action) { action.count = words.count("the number of steps"); }},
      {"wait",
       "frames",
       Verb::wait_frames,
       {"wait frames N", "draws N frames"},
       [](Words& words, Action& action) { action.count = words.count("the number of frames"); }},
      {"wait",
       "until",
       Verb::wait_until,
       {"wait until CONDITION", "for a minute at most"},
       [](Words& words, Action& action) { action.condition = read_condition(words); }},
      {"expect",
       "",
       Verb::expect,
       {"expect [no] text \"TEXT\" | NUMBER < VALUE (or <=, >, >=, ==, !=) [+- TOLERANCE] | shown, "
        "hidden, "
        "enabled, disabled or selected \"ITEM\" | value \"ITEM\" \"VALUE\" | file \"FILE\" | "
        "running | paused",
        "ends the script where it is not so"},
       [](Words& words, Action& action) { action.condition = read_condition(words); }},
      {"let",
       "",
       Verb::let,
       {"let NAME = NUMBER", "keeps a number to compare with later"},
       [](Words& words, Action& action) {
         action.name = words.word("a name");
         if (!words.take("=")) words.wrong("= is missing");
         action.words = words.word("a number of the window");
       }},
      {"screenshot",
       "",
       Verb::screenshot,
       {"screenshot \"FILE.png\"", "the window as a picture"},
       file},
      {"export",
       "",
       Verb::export_view,
       {"export \"VIEW\" \"FILE\"", "a view as .png, .svg, .pdf or .csv"},
       [](Words& words, Action& action) {
         action.name = words.word("the name of a view");
         file(words, action);
       }},
  };
  return all;
}

[[noreturn]] void no_such_verb(const std::string& verb) {
  std::vector<std::string_view> names;
  for (const Form& form : forms())
    if (names.empty() || names.back() != form.verb) names.push_back(form.verb);
  throw Problem(fmt::format("\"{}\" is no verb: allowed are {}", verb, fmt::join(names, ", ")));
}

Action read_action(const std::vector<std::string>& words) {
  const Form* last = nullptr;
  for (const Form& form : forms()) {
    if (form.verb != words[0]) continue;
    last = &form;
    Words rest(words, form.help.usage);
    if (!form.second.empty() && !rest.take(form.second)) continue;
    Action action;
    action.verb = form.means;
    form.read(rest, action);
    rest.end();
    return action;
  }
  if (!last) no_such_verb(words[0]);
  throw Problem(fmt::format("{} must be followed by steps, frames or until", words[0]));
}

}  // namespace

Script parse_script(const std::string& text, const std::filesystem::path& file) {
  Script script{file, {}};
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    try {
      const std::vector<std::string> words = split(line);
      if (words.empty()) continue;
      Action action = read_action(words);
      action.line = number;
      const std::size_t first = line.find_first_not_of(" \t");
      action.text = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
      script.actions.push_back(std::move(action));
    } catch (const Problem& wrong) {
      throw Problem(fmt::format("{}: line {}", file.string(), number), wrong.what());
    }
  }
  return script;
}

Script read_script(const std::filesystem::path& file) {
  std::error_code none;
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file, none))
    throw Problem(file.string(), "cannot be read, where a script is expected");
  std::ostringstream text;
  text << stream.rdbuf();
  if (text.str().find('\0') != std::string::npos)
    throw Problem(file.string(), "is no text, where a script is expected");
  return parse_script(text.str(), file);
}

const std::vector<VerbHelp>& verbs() {
  static const std::vector<VerbHelp> help = [] {
    std::vector<VerbHelp> made;
    for (const Form& form : forms()) made.push_back(form.help);
    return made;
  }();
  return help;
}

}  // namespace crease::app
