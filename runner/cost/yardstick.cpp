#include "runner/cost/yardstick.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

namespace bench::runner {
namespace {

constexpr int kSide = 256;
constexpr int kPasses = 8;

/// 3 x 3 sums over an image, `kPasses` times: arithmetic and caches, as restoring has.
float smooth(std::vector<float>& image, std::vector<float>& next) {
  for (int pass = 0; pass < kPasses; ++pass) {
    for (int y = 1; y < kSide - 1; ++y) {
      for (int x = 1; x < kSide - 1; ++x) {
        float sum = 0.0F;
        for (int row = y - 1; row <= y + 1; ++row) {
          for (int column = x - 1; column <= x + 1; ++column) {
            sum += image[static_cast<std::size_t>(row * kSide + column)];
          }
        }
        next[static_cast<std::size_t>(y * kSide + x)] = sum * (1.0F / 9.0F);
      }
    }
    std::swap(image, next);
  }
  return image[static_cast<std::size_t>(kSide * kSide / 2 + kSide / 2)];
}

}  // namespace

double yardstick_ms() {
  using Clock = std::chrono::steady_clock;
  std::vector<float> image(kSide * kSide), next(kSide * kSide);
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<float>(i % 251);
  std::array<double, 5> times{};
  // Read by nobody, but a compiler must think so.
  volatile float kept = smooth(image, next);
  for (double& time : times) {
    const auto begin = Clock::now();
    kept = smooth(image, next);
    time = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  }
  static_cast<void>(kept);
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace bench::runner
