#pragma once
/// What a crash would lose: the unsaved document, kept every few seconds in a file of its own. No
/// ImGui here.
#include <chrono>
#include <filesystem>
#include <future>
#include <optional>

#include "session.h"

namespace crease::app {

class Recovery {
 public:
  using Clock = std::chrono::steady_clock;
  /// A crash loses at most this and the time of writing.
  static constexpr std::chrono::seconds interval{6};

  /// `folder` is made when something is written there.
  explicit Recovery(std::filesystem::path folder);
  /// An orderly end: what was kept is removed.
  ~Recovery();
  Recovery(const Recovery&) = delete;
  Recovery& operator=(const Recovery&) = delete;

  /// Each frame: where the document is unsaved and it is time, has it written in the background,
  /// with `view` as the window's own part of it. Silent where it cannot be written.
  void follow(Session& session, const std::function<std::string()>& view,
              Clock::time_point now = Clock::now());
  /// In how many seconds follow() is due, also where nothing is drawn; negative: not at all.
  double due_in(Clock::time_point now = Clock::now()) const;

  /// The newest document of a program that ended without its orderly end.
  std::optional<std::filesystem::path> lost() const;
  /// Opens it as an unsaved document without a file, or removes it.
  void bring_back(Session& session, const std::filesystem::path& lost);
  static void discard(const std::filesystem::path& lost);

 private:
  std::filesystem::path own_file() const;
  void forget();

  std::filesystem::path folder_;
  std::future<void> writing_;
  Clock::time_point asked_at_ = {};
  bool asked_ = false, due_ = false, kept_ = false;
  Run::Version version_;  // what is in the file, or on its way there
};

/// Beside the preferences.
std::filesystem::path recovery_folder();

}  // namespace crease::app
