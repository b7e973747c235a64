#include "metrics/sample_errors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace bench::metrics {
namespace {

// 65025 * 32768 stays below 2^31: within a block the sum fits 32 bits and vectorizes.
constexpr std::size_t kBlock = 32768;
constexpr std::size_t kLanes = 16;

BENCH_INLINE_BODY double squared_body(const std::uint8_t* a, const std::uint8_t* b,
                                      std::size_t count) {
  std::uint64_t total = 0;
  for (std::size_t start = 0; start < count; start += kBlock) {
    const std::size_t end = std::min(count, start + kBlock);
    std::int32_t sum = 0;
    for (std::size_t i = start; i < end; ++i) {
      // 16 bits hold the difference, and the compiler then multiplies and adds pairs at once.
      const auto error = static_cast<std::int16_t>(a[i] - b[i]);
      sum += error * error;
    }
    total += static_cast<std::uint64_t>(sum);
  }
  return static_cast<double>(total);
}

template <typename Sample>
BENCH_INLINE_BODY double squared_body(const Sample* a, const Sample* b, std::size_t count) {
  std::array<double, kLanes> lanes{};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double error = static_cast<double>(a[i + lane]) - static_cast<double>(b[i + lane]);
      lanes[lane] += error * error;
    }
  }
  double sum = std::accumulate(lanes.begin(), lanes.end(), 0.0);
  for (; i < count; ++i) {
    const double error = static_cast<double>(a[i]) - static_cast<double>(b[i]);
    sum += error * error;
  }
  return sum;
}

#ifdef BENCH_METRICS_X86
template <typename Sample>
BENCH_TARGET_AVX2 double squared_avx2(const Sample* a, const Sample* b, std::size_t count) {
  return squared_body(a, b, count);
}
#endif

template <typename Sample>
double squared(std::span<const Sample> a, std::span<const Sample> b,
               [[maybe_unused]] InstructionSet set) {
#ifdef BENCH_METRICS_X86
  if (set == InstructionSet::kAvx2) return squared_avx2(a.data(), b.data(), a.size());
#endif
  return squared_body(a.data(), b.data(), a.size());
}

template <typename Sample>
double absolute(std::span<const Sample> a, std::span<const Sample> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
  }
  return sum;
}

double absolute(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  std::uint64_t total = 0;
  for (std::size_t start = 0; start < a.size(); start += kBlock) {
    const std::size_t end = std::min(a.size(), start + kBlock);
    std::int32_t sum = 0;
    for (std::size_t i = start; i < end; ++i) sum += std::abs(a[i] - b[i]);
    total += static_cast<std::uint64_t>(sum);
  }
  return static_cast<double>(total);
}

}  // namespace

double sum_of_squared_errors(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                             InstructionSet set) {
  return squared(a, b, set);
}

double sum_of_squared_errors(std::span<const float> a, std::span<const float> b,
                             InstructionSet set) {
  return squared(a, b, set);
}

double sum_of_squared_errors(std::span<const double> a, std::span<const double> b,
                             InstructionSet set) {
  return squared(a, b, set);
}

double sum_of_absolute_errors(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return absolute(a, b);
}

double sum_of_absolute_errors(std::span<const float> a, std::span<const float> b) {
  return absolute(a, b);
}

double sum_of_absolute_errors(std::span<const double> a, std::span<const double> b) {
  return absolute(a, b);
}

}  // namespace bench::metrics
