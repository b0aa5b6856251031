#include "core/tasks.h"

#include <algorithm>

namespace crease {

namespace {

// A worker that finds nothing to do looks this often before it sleeps: long enough to bridge the
// gap between two loops of one training step, short enough not to take a core from the window.
constexpr int looks_before_sleep = 2000;

void pause_briefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

template <class Ready>
bool spin_until(const Ready& ready) {
  for (int look = 0; look < looks_before_sleep; ++look) {
    if (ready()) return true;
    pause_briefly();
  }
  return false;
}

}  // namespace

int hardware_threads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Tasks::Tasks(int threads) {
  for (int worker = 1; worker < threads; ++worker)
    workers_.emplace_back([this, worker] { serve(worker); });
}

Tasks::~Tasks() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    round_.fetch_add(1);
  }
  wake_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void Tasks::share(int count, Piece piece, const void* work) {
  {
    const std::lock_guard lock(mutex_);
    piece_ = piece;
    work_ = work;
    count_ = count;
    next_.store(0);
    open_ = true;
    round_.fetch_add(1);
  }
  wake_.notify_all();
  take_pieces(0);
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  if (!spin_until([&] { return active_.load() == 0; })) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return active_.load() == 0; });
  }
  std::exception_ptr failure;
  {
    const std::lock_guard lock(mutex_);
    std::swap(failure, failure_);
  }
  if (failure) std::rethrow_exception(failure);
}

void Tasks::take_pieces(int worker) {
  for (;;) {
    const int i = next_.fetch_add(1);
    if (i >= count_) return;
    try {
      piece_(work_, i, worker);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
  }
}

void Tasks::serve(int worker) {
  unsigned seen = 0;
  for (;;) {
    const auto called = [&] { return round_.load() != seen; };
    if (!spin_until(called)) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, called);
    }
    {
      const std::lock_guard lock(mutex_);
      seen = round_.load();
      if (stopping_) return;
      if (!open_) continue;
      active_.fetch_add(1);
    }
    take_pieces(worker);
    if (active_.fetch_sub(1) == 1) {
      const std::lock_guard lock(mutex_);
      done_.notify_one();
    }
  }
}

}  // namespace crease
