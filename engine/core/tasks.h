#pragma once
/// A small pool of workers for loops over independent pieces.
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace crease {

/// `threads` workers, the caller's thread among them. Not for use from two threads at once.
class Tasks {
 public:
  explicit Tasks(int threads = 1);
  ~Tasks();
  Tasks(const Tasks&) = delete;
  Tasks& operator=(const Tasks&) = delete;

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  /// Calls work(i, worker) once for each i in 0 .. count - 1, worker in 0 .. threads() - 1, and
  /// returns when all are done. Which worker gets which i is open: results may not depend on it.
  /// The first exception thrown by a piece is thrown again here.
  template <class Work>
  void run(int count, const Work& work) {
    if (workers_.empty() || count <= 1) {
      for (int i = 0; i < count; ++i) work(i, 0);
      return;
    }
    share(
        count, [](const void* f, int i, int worker) { (*static_cast<const Work*>(f))(i, worker); },
        &work);
  }

 private:
  using Piece = void (*)(const void* work, int i, int worker);
  void share(int count, Piece piece, const void* work);
  void serve(int worker);
  void take_pieces(int worker);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  Piece piece_ = nullptr;
  const void* work_ = nullptr;
  int count_ = 0;
  std::atomic<int> next_{0};
  std::atomic<unsigned> round_{0};
  std::atomic<int> active_{0};  ///< workers that joined this round and are not done
  bool open_ = false;           ///< whether workers may still join: one that wakes too late may not
  std::exception_ptr failure_;
  bool stopping_ = false;
};

/// Hardware threads, at least 1.
int hardware_threads();

}  // namespace crease
