#include "baselines/classical/nlm.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "baselines/classical/ordered_work.h"
#include "baselines/classical/padded_plane.h"

namespace bench::classical {
namespace {

constexpr int kBandRows = 16;  ///< rows restored together, so that their buffers stay in the cache
constexpr float kLargestDistance = 5.0f;

struct Problem {
  int height;
  int width;
  int patch_size;
  int search_radius;
  float noise_energy;          ///< taken off the sum of squared differences of one pixel
  std::vector<float> profile;  ///< the 1-D Gaussian whose outer product weighs a patch
  std::vector<PaddedPlane> planes;
};

/// Scratch memory of one thread.
struct Band {
  std::vector<float> differences;  ///< one row, with the patch's border
  std::vector<float> row_sums;     ///< rows of the band and the patch's border, filtered along x
  std::vector<float> distances;    ///< one row
  std::vector<float> alive;        ///< one row: 0 where the patch is dropped, else 1
  std::vector<float> weight_sums;  ///< kBandRows rows
  std::vector<float> value_sums;   ///< kBandRows rows of each plane
};

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void add_squares(
    const float* a, const float* b, int count, float* sums) {
  for (int x = 0; x < count; ++x) sums[x] += (a[x] - b[x]) * (a[x] - b[x]);
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void filter_row(
    const float* values, const float* profile, int taps, int count, float* filtered) {
  for (int x = 0; x < count; ++x) filtered[x] = profile[0] * values[x];
  for (int i = 1; i < taps; ++i) {
    for (int x = 0; x < count; ++x) filtered[x] += profile[i] * values[x + i];
  }
}

/// The distance grows row by row; patches beyond the limit after a row are dropped. The last row
/// is added without that test.
[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void add_patch_row(
    const float* row_sums, float factor, int count, float* distances, float* alive) {
  for (int x = 0; x < count; ++x) {
    alive[x] = distances[x] > kLargestDistance ? 0.0f : alive[x];
    distances[x] += factor * row_sums[x];
  }
}

/// Distances become weights: alive * exp(-max(distance, 0)) after Schraudolph, whose integer
/// 2^23 (127 + y / ln 2) - 8 * 60801 is the bits of a float near exp(y).
[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void turn_into_weights(
    const float* alive, int count, float* distances) {
  for (int x = 0; x < count; ++x) {
    const float exponent = -std::min(std::max(distances[x], 0.0f), 80.0f);
    const auto bits = static_cast<std::int32_t>(12102203.16f * exponent) + 1064866808;
    distances[x] = alive[x] * std::bit_cast<float>(bits);
  }
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void add_weighted(
    const float* weights, const float* values, int count, float* sums) {
  for (int x = 0; x < count; ++x) sums[x] += weights[x] * values[x];
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void add(const float* values,
                                                                               int count,
                                                                               float* sums) {
  for (int x = 0; x < count; ++x) sums[x] += values[x];
}

/// One candidate offset for a band of rows.
struct Offset {
  int dy;
  int dx;
  int first_row;  ///< of the band's rows whose candidate lies in the image
  int end_row;
  int first_column;
  int columns;
};

void sum_patch_rows(const Problem& problem, const Offset& offset, Band& band) {
  const int border = problem.patch_size - 1;
  const int count = offset.columns + border;
  for (int y = offset.first_row; y < offset.end_row + border; ++y) {
    std::fill_n(band.differences.begin(), count, -problem.noise_energy);
    for (const auto& plane : problem.planes) {
      add_squares(plane.at(y, offset.first_column),
                  plane.at(y + offset.dy, offset.first_column + offset.dx), count,
                  band.differences.data());
    }
    filter_row(
        band.differences.data(), problem.profile.data(), problem.patch_size, offset.columns,
        band.row_sums.data() + static_cast<std::ptrdiff_t>(y - offset.first_row) * problem.width);
  }
}

void add_offset(const Problem& problem, const Offset& offset, int band_first, Band& band) {
  sum_patch_rows(problem, offset, band);
  const int half = problem.patch_size / 2;
  for (int y = offset.first_row; y < offset.end_row; ++y) {
    std::fill_n(band.distances.begin(), offset.columns, 0.0f);
    std::fill_n(band.alive.begin(), offset.columns, 1.0f);
    for (int i = 0; i < problem.patch_size; ++i) {
      add_patch_row(band.row_sums.data() +
                        static_cast<std::ptrdiff_t>(y - offset.first_row + i) * problem.width,
                    problem.profile[static_cast<std::size_t>(i)], offset.columns,
                    band.distances.data(), band.alive.data());
    }
    turn_into_weights(band.alive.data(), offset.columns, band.distances.data());
    std::ptrdiff_t to =
        static_cast<std::ptrdiff_t>(y - band_first) * problem.width + offset.first_column;
    add(band.distances.data(), offset.columns, band.weight_sums.data() + to);
    for (const auto& plane : problem.planes) {
      add_weighted(band.distances.data(),
                   plane.at(y + offset.dy + half, offset.first_column + offset.dx + half),
                   offset.columns, band.value_sums.data() + to);
      to += static_cast<std::ptrdiff_t>(kBandRows) * problem.width;
    }
  }
}

void prepare(const Problem& problem, Band& band) {
  const auto width = static_cast<std::size_t>(problem.width);
  const auto patch = static_cast<std::size_t>(problem.patch_size);
  band.differences.resize(width + patch);
  band.row_sums.resize((kBandRows + patch) * width);
  band.distances.resize(width);
  band.alive.resize(width);
  band.weight_sums.assign(kBandRows * width, 0.0f);
  band.value_sums.assign(kBandRows * width * problem.planes.size(), 0.0f);
}

void restore_band(const Problem& problem, int band_first, Band& band, FloatPlanes& restored) {
  prepare(problem, band);
  const int band_end = std::min(band_first + kBandRows, problem.height);
  const int radius = problem.search_radius;
  for (int dy = -radius; dy <= radius; ++dy) {
    for (int dx = -radius; dx <= radius; ++dx) {
      const int first_column = std::max(0, -dx);
      const Offset offset = {dy,
                             dx,
                             std::max(band_first, -dy),
                             std::min(band_end, problem.height - dy),
                             first_column,
                             std::min(problem.width, problem.width - dx) - first_column};
      if (offset.first_row >= offset.end_row || offset.columns <= 0) continue;
      add_offset(problem, offset, band_first, band);
    }
  }
  const auto pixels =
      static_cast<std::size_t>(band_end - band_first) * static_cast<std::size_t>(problem.width);
  for (std::size_t channel = 0; channel < problem.planes.size(); ++channel) {
    const float* values =
        band.value_sums.data() + channel * kBandRows * static_cast<std::size_t>(problem.width);
    float* to = restored.samples.data() + (channel * static_cast<std::size_t>(problem.height) +
                                           static_cast<std::size_t>(band_first)) *
                                              static_cast<std::size_t>(problem.width);
    for (std::size_t i = 0; i < pixels; ++i) to[i] = values[i] / band.weight_sums[i];
  }
}

/// A Gaussian whose outer product sums to 1 / (planes h^2).
std::vector<float> gaussian_profile(int patch_size, int planes, double h) {
  const double deviation = (patch_size - 1) / 4.0;
  std::vector<double> profile;
  double sum = 0.0;
  for (int i = 0; i < patch_size; ++i) {
    const int x = i - patch_size / 2;
    profile.push_back(std::exp(-(x * x) / (2.0 * deviation * deviation)));
    sum += profile.back();
  }
  std::vector<float> scaled;
  for (const double value : profile) {
    scaled.push_back(static_cast<float>(value / (sum * std::sqrt(planes) * h)));
  }
  return scaled;
}

Problem problem_of(const FloatPlanes& noisy, double sigma, const NlmOptions& options) {
  Problem problem;
  problem.height = noisy.height;
  problem.width = noisy.width;
  problem.patch_size = options.patch_size;
  problem.search_radius = options.search_radius;
  problem.noise_energy =
      options.subtract_noise ? static_cast<float>(2.0 * noisy.channels * sigma * sigma) : 0.0f;
  problem.profile = gaussian_profile(options.patch_size, noisy.channels, options.strength * sigma);
  const auto pixels = static_cast<std::ptrdiff_t>(noisy.height) * noisy.width;
  for (int channel = 0; channel < noisy.channels; ++channel) {
    problem.planes.push_back(mirror_padded(noisy.samples.data() + channel * pixels, noisy.height,
                                           noisy.width, options.patch_size / 2, Mirror::kEdgeOnce));
  }
  return problem;
}

[[noreturn]] void refuse(const std::string& option, const std::string& found,
                         const std::string& expected) {
  throw std::invalid_argument("nlm: option " + option + " is " + found + ", expected " + expected);
}

void require_options(const NlmOptions& options) {
  require_threads("nlm", options.threads);
  if (options.patch_size < 3 || options.patch_size % 2 == 0) {
    refuse("patch_size", std::to_string(options.patch_size), "an odd number from 3 on");
  }
  if (options.search_radius < 1) {
    refuse("search_radius", std::to_string(options.search_radius), "at least 1");
  }
  if (!std::isfinite(options.strength) || options.strength <= 0.0) {
    refuse("strength", std::to_string(options.strength), "a value above 0");
  }
}

}  // namespace

NlmOptions nlm_options_for(double sigma_8bit) {
  if (sigma_8bit <= 30.0) return {};
  return {.patch_size = 9, .search_radius = 17, .strength = 0.35};
}

FloatPlanes nlm(const FloatPlanes& noisy, double sigma_8bit, const NlmOptions& options) {
  require_options(options);
  require_restorable("nlm", noisy, options.patch_size);
  require_noise_level("nlm", sigma_8bit);
  const Problem problem = problem_of(noisy, sigma_8bit / 255.0, options);
  FloatPlanes restored = noisy;
  const int bands = (noisy.height + kBandRows - 1) / kBandRows;
  const int threads = std::min(options.threads, bands);
  std::vector<Band> scratch(static_cast<std::size_t>(threads));
  do_in_order(
      bands, threads,
      [&](int worker, int band) {
        // Bands write separate rows, so that there is nothing to put in order.
        restore_band(problem, band * kBandRows, scratch[static_cast<std::size_t>(worker)],
                     restored);
      },
      [](int, int) {});
  return restored;
}

}  // namespace bench::classical
