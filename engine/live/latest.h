#pragma once
/// A mailbox between two threads that holds only the newest value.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace crease {

template <class T>
class Latest {
 public:
  using Value = std::shared_ptr<const T>;

  /// Replaces what is there; readers keep what they hold.
  void put(Value value) {
    std::function<void()> hook;
    {
      const std::lock_guard lock(mutex_);
      value_ = std::move(value);
      ++number_;
      hook = hook_;
    }
    arrived_.notify_all();
    if (hook) hook();
  }
  Value get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  /// How many values have been put; cheap enough to be asked between any two steps.
  unsigned long number() const { return number_; }
  /// Waits until more than `seen` values have been put, or the time is over.
  void wait(unsigned long seen, std::chrono::milliseconds longest) const {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, longest, [&] { return number_ > seen; });
  }
  /// Called after each put, on the thread that puts (a window's wake-up call).
  void set_hook(std::function<void()> hook) {
    const std::lock_guard lock(mutex_);
    hook_ = std::move(hook);
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable arrived_;
  Value value_;
  std::atomic<unsigned long> number_ = 0;  // written under the mutex
  std::function<void()> hook_;
};

}  // namespace crease
