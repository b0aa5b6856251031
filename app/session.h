#pragma once
/// What the window works on: the runs, the file of each, what is being read in the background, what
/// the person is told. No ImGui here.
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "preferences.h"
#include "run.h"
#include "views/pointed.h"

namespace crease::app {

/// A sentence for the person. Notices stay until they are closed or what they are about has ended;
/// toasts go by themselves.
struct Message {
  enum class Kind { toast, warning, error };
  /// Of each there is one notice at a time: the newest.
  enum class About { training, reading, writing };
  Kind kind = Kind::toast;
  std::string title = {};  ///< empty for a toast
  std::string text = {};
  About about = About::training;
  /// Number of the edit that it offers to undo, as long as that is the last one; 0: it offers none.
  long edit = 0;
  bool can_reset = false;  ///< offers to go back to the start weights
  bool can_fit = false;    ///< offers to make the network and its loss fit the data
};

class Session {
 public:
  /// `wake` is called from other threads when there is something new to draw.
  explicit Session(std::function<void()> wake);
  ~Session();

  Run& run() { return *runs_.front(); }
  const Run& run() const { return *runs_.front(); }
  /// The file of the document; empty where it was never saved, and for examples, which stay as they
  /// are.
  const std::filesystem::path& file() const { return file_; }
  /// The document's title, else the name of its file.
  std::string title() const;

  Preferences preferences;
  Pointed pointed;  ///< in any picture
  /// Of every picture of a single one; nothing before a picture has said which.
  std::optional<ChosenSample> sample;

  /// Opens a document, or a CSV or IDX file as a new document; what is wrong with it is said, and
  /// the one that is open stays. Reading happens in the background. Where the open one would lose
  /// something, the file waits, once it is known that it can be read, until the person has agreed.
  void open(const std::filesystem::path& file, bool run = false);
  /// The file that waits, if one does; it is handed out once.
  std::optional<std::filesystem::path> take_waiting() { return std::exchange(waiting_, {}); }
  /// Opens a file as the person has agreed to; it is read again, since saving may have changed it.
  void replace_by(const std::filesystem::path& file, bool run) { read(file, run, false); }
  /// Opens a document that lies in no file the person knows of: it is unsaved from the beginning.
  void open_unsaved(const std::filesystem::path& file);
  /// Shows a document that is in memory, or was read from `file` (empty: from none).
  void show(Document document, std::filesystem::path file, bool run);
  /// Saves the document with what was learned, in a later frame; `view` is the window's own part of
  /// it. Says so, or why it could not be; `then` is called once it has been saved.
  void save(const std::filesystem::path& file, std::string view, std::function<void()> then = {});
  /// Writes the network as it was learned for other tools (export/network_file.h), likewise.
  void export_network(const std::filesystem::path& file, std::string format);
  /// Chooses other data for the current document; the network is made to fit it.
  void use_data(const DataSettings& data, const std::string& what);
  /// Makes the network and its loss fit the data that they have; says so where that needs a hand.
  void fit_to_data();
  /// The data that were asked for last, before they have been read; else the document's, or null.
  const DataSettings* data_shown() const;
  /// How a source was set when this document last used it; null where it did not.
  const DataSettings* data_once_used(const Source& source) const;
  /// Whether closing would lose something: not where the window has opened with its own document
  /// and nothing was edited.
  bool unsaved() const { return run().changed() && (!opening_ || run().history().can_undo()); }
  /// Whether opening another document would: examples that were only trained train again.
  bool loses_by_opening() const { return run().edited() || (run().changed() && !file_.empty()); }
  /// Whether a file or data is being read, or a network written.
  bool busy() const { return loading_.valid() || writing_.valid(); }
  const std::string& busy_with() const { return loading_.valid() ? loading_what_ : writing_what_; }

  /// Says something; a notice takes the place of the one about the same.
  void say(Message message);
  /// Says what was odd about a document, in one notice.
  void warn(const std::string& title, const std::vector<std::string>& warnings);
  void say_problem(Message::About about, const std::string& title, const std::string& what);
  /// What a notice was about has ended.
  void settle(Message::About about);
  std::deque<Message>& messages() { return messages_; }

  void begin_frame();
  void end_frame();
  /// Nothing is under way: see Run::at_rest.
  bool at_rest() const { return !busy() && asked_.empty() && exports_.empty() && run().at_rest(); }

  struct Example {
    std::filesystem::path file;
    std::string title;
  };
  /// The documents in assets/examples, in the order of the menu.
  const std::vector<Example>& examples() const { return examples_; }

 private:
  void adapt_to_data(const DataSettings& data, const std::string& what, bool must_change);
  using Apply = std::function<void(Session&)>;
  /// Runs `prepare` in the background; what it returns is called in a later begin_frame.
  void load(std::string what, std::function<Apply()> prepare);
  void read(const std::filesystem::path& file, bool run, bool asks);

  std::function<void()> wake_;
  std::vector<std::unique_ptr<Run>> runs_;
  std::filesystem::path file_;
  bool opening_ = true;  ///< the document is the window's own, from its start
  std::deque<Message> messages_;
  std::vector<Example> examples_;
  struct Saving {
    std::filesystem::path file;
    std::string view;
    std::function<void()> then;
    std::string format;  ///< empty: the document itself
  };
  void write(const Document& trained, const Saving& saving);
  /// In the background: the weights of a large network as text take seconds.
  void write_network(const std::shared_ptr<const Document>& trained, const Saving& saving);

  std::vector<Saving> asked_;  ///< until what has been learned is there
  std::deque<std::pair<std::shared_ptr<const Document>, Saving>> exports_;  ///< one at a time
  std::optional<DataSettings> data_wanted_;
  std::map<std::size_t, DataSettings> data_used_;  // by the number of their source
  std::future<Apply> loading_, writing_;
  std::string loading_what_, writing_what_;
  std::optional<std::filesystem::path> waiting_;
  std::function<void()> next_;  ///< a load that waits for the one under way
};

/// The document the window opens with.
Document opening_document();
/// A document for a table or for images, with a network that fits them. Throws Problem.
Document document_for_data(const std::filesystem::path& file);

}  // namespace crease::app
