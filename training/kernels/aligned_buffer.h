#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

namespace bench::training {

/// Memory for `values` values, not initialized, aligned to a line of the caches.
template <typename Value>
class AlignedBuffer {
 public:
  explicit AlignedBuffer(std::int64_t values) {
    constexpr std::size_t kLine = 64;
    const auto bytes = static_cast<std::size_t>(values) * sizeof(Value);
    memory_.reset(
        static_cast<Value*>(std::aligned_alloc(kLine, (bytes + kLine - 1) / kLine * kLine)));
    if (!memory_) throw std::bad_alloc();
  }

  Value* get() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(Value* memory) const { std::free(memory); }
  };
  std::unique_ptr<Value, Free> memory_;
};

}  // namespace bench::training
