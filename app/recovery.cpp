#include "recovery.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>

namespace crease::app {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view ending = ".crease.json";

// The process whose file this is; 0 for a file of another kind.
pid_t process_of(const fs::path& file) {
  const std::string name = file.filename().string();
  if (!name.ends_with(ending)) return 0;
  pid_t process = 0;
  const char* end = name.data() + name.size() - ending.size();
  const auto [stopped, wrong] = std::from_chars(name.data(), end, process);
  return wrong == std::errc{} && stopped == end && process > 0 ? process : 0;
}

bool alive(pid_t process) { return kill(process, 0) == 0 || errno != ESRCH; }

}  // namespace

fs::path recovery_folder() { return preferences_file().parent_path() / "unsaved"; }

Recovery::Recovery(fs::path folder) : folder_(std::move(folder)) {}

Recovery::~Recovery() { forget(); }

fs::path Recovery::own_file() const { return folder_ / fmt::format("{}{}", getpid(), ending); }

void Recovery::forget() {
  if (writing_.valid()) writing_.wait();
  kept_ = false;
  version_ = {};
  discard(own_file());
}

void Recovery::follow(Session& session, const std::function<std::string()>& view,
                      Clock::time_point now) {
  if (writing_.valid() && writing_.wait_for(0s) != std::future_status::ready) return;
  if (session.busy()) return;  // perhaps with our own file
  Run& run = session.run();
  if (!session.unsaved()) {
    if (kept_) forget();
    asked_ = due_ = false;
    return;
  }
  due_ = asked_ || run.version() != version_;
  if (!due_) return;
  if (asked_) {
    if (const auto whole = run.trained()) {
      asked_ = false;
      kept_ = true;
      version_ = run.trained_version();
      auto document = std::make_shared<Document>(*whole);
      document->view = view();
      writing_ = std::async(std::launch::async, [document, file = own_file()] {
        try {
          fs::create_directories(file.parent_path());
          save_document(*document, file);
        } catch (const std::exception&) {
          // A full or read-only disk, or weights that are no numbers: the last file stays.
        }
      });
      return;
    }
  }
  // The run that was asked may be gone.
  const bool waiting = asked_ && run.asked_for_trained();
  if (waiting || now - asked_at_ < interval) return;
  asked_at_ = now;
  asked_ = true;
  run.ask_for_trained();
}

double Recovery::due_in(Clock::time_point now) const {
  if (!due_) return -1;
  return std::max(0.0, std::chrono::duration<double>(asked_at_ + interval - now).count());
}

std::optional<fs::path> Recovery::lost() const {
  std::optional<fs::path> newest;
  fs::file_time_type newest_time;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder_, none)) {
    const pid_t process = process_of(entry.path());
    if (process == 0 || alive(process)) continue;
    const auto time = entry.last_write_time(none);
    if (newest && time <= newest_time) continue;
    newest = entry.path();
    newest_time = time;
  }
  return newest;
}

void Recovery::bring_back(Session& session, const fs::path& lost) {
  // From now on it is ours: another crash does not lose it either.
  std::error_code failed;
  fs::rename(lost, own_file(), failed);
  kept_ = !failed;
  session.open_unsaved(failed ? lost : own_file());
}

void Recovery::discard(const fs::path& lost) {
  std::error_code none;
  fs::remove(lost, none);
}

}  // namespace crease::app
