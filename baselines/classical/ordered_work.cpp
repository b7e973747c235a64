#include "baselines/classical/ordered_work.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace bench::classical {
namespace {

/// Hands out items and says whose turn it is to commit.
class Turns {
 public:
  explicit Turns(int count) : count_(count) {}

  /// \returns the next item, or -1 if there is none or an item failed.
  int take() {
    const std::lock_guard lock(mutex_);
    return failure_ || taken_ == count_ ? -1 : taken_++;
  }

  /// Waits for the items before `item`. \returns false if one failed.
  bool wait_for(int item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failure_ || committed_ == item; });
    return !failure_;
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    ++committed_;
    changed_.notify_all();
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    changed_.notify_all();
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  int count_;
  int taken_ = 0;
  int committed_ = 0;
  std::exception_ptr failure_;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace

void do_in_order(int count, int threads, const std::function<void(int, int)>& compute,
                 const std::function<void(int, int)>& commit) {
  Turns turns(count);
  const auto work = [&](int worker) {
    try {
      for (int item = turns.take(); item >= 0; item = turns.take()) {
        compute(worker, item);
        if (!turns.wait_for(item)) return;
        commit(worker, item);
        turns.finish();
      }
    } catch (...) {
      turns.fail(std::current_exception());
    }
  };
  {
    std::vector<std::jthread> others;
    for (int worker = 1; worker < threads; ++worker) others.emplace_back(work, worker);
    work(0);
  }
  turns.rethrow();
}

}  // namespace bench::classical
