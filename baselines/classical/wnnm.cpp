#include "baselines/classical/wnnm.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "baselines/classical/low_rank_pass.h"

namespace bench::classical {
namespace {

constexpr float kWnnmPeak = 255.0f;

void require_range(const std::string& option, double found, double least, double most) {
  if (found >= least && found <= most) return;
  throw std::invalid_argument("wnnm: option " + option + " is " + std::to_string(found) +
                              ", expected " + std::to_string(least) + " to " +
                              std::to_string(most));
}

void require_wnnm_options(const WnnmOptions& options) {
  require_threads("wnnm", options.threads);
  require_range("patch_size", options.patch_size, 6, 9);
  require_range("iterations", options.iterations, 1, 1000);
  require_range("search_radius", options.search_radius, 1, 100);
  require_range("search_period", options.search_period, 1, options.iterations);
  require_range("group_decrease", options.group_decrease, 0, 1000);
  const int searches = (options.iterations + options.search_period - 1) / options.search_period;
  require_range("largest_group", options.largest_group, searches * options.group_decrease + 2,
                10000);
  require_range("noise_scale", options.noise_scale, 0.0, 10.0);
  require_range("feedback", options.feedback, 0.0, 1.0);
  require_range("strength", options.strength, 0.0, 1000.0);
}

void require_gray(const FloatPlanes& noisy, int patch_size) {
  if (noisy.channels != 1) {
    throw std::invalid_argument("wnnm: expected 1 (gray) plane, got " +
                                std::to_string(noisy.channels) +
                                "; give it gray images, or take bm3d for color");
  }
  require_restorable("wnnm", noisy, patch_size);
}

/// 0, step, 2 step ... and the last corner, so that each pixel is covered.
std::vector<int> reference_corners(int side, int patch_size) {
  const int step = patch_size / 2 - 1;
  std::vector<int> corners;
  for (int corner = 0; corner < side - patch_size; corner += step) corners.push_back(corner);
  corners.push_back(side - patch_size);
  return corners;
}

double mean_squared_difference(const PaddedPlane& a, const PaddedPlane& b, int row, int column,
                               int patch_size) {
  double sum = 0.0;
  for (int j = 0; j < patch_size; ++j) {
    for (int i = 0; i < patch_size; ++i) {
      const double difference = *a.at(row + j, column + i) - *b.at(row + j, column + i);
      sum += difference * difference;
    }
  }
  return sum / (patch_size * patch_size);
}

/// Deviation of the noise that is left around each reference patch.
std::vector<double> remaining_noise(const PaddedPlane& noisy, const PaddedPlane& estimate,
                                    const GroupGrid& grid, double sigma_8bit, double noise_scale) {
  std::vector<double> sigmas;
  sigmas.reserve(grid.references());
  for (const int row : grid.rows) {
    for (const int column : grid.columns) {
      const double removed = mean_squared_difference(noisy, estimate, row, column, grid.patch_size);
      sigmas.push_back(noise_scale * std::sqrt(std::abs(sigma_8bit * sigma_8bit - removed)));
    }
  }
  return sigmas;
}

PaddedPlane borderless(const FloatPlanes& image) {
  return mirror_padded(image.samples.data(), image.height, image.width, 0, Mirror::kEdgeTwice);
}

/// The loop on the 0..255 scale.
FloatPlanes minimized(const FloatPlanes& noisy, double sigma_8bit, const WnnmOptions& options) {
  GroupGrid grid{options.patch_size, options.search_radius, options.largest_group,
                 reference_corners(noisy.height, options.patch_size),
                 reference_corners(noisy.width, options.patch_size)};
  const int threads = std::min(options.threads, static_cast<int>(grid.rows.size()));
  const PaddedPlane noisy_plane = borderless(noisy);
  const auto feedback = static_cast<float>(options.feedback);
  FloatPlanes estimate = noisy;
  SimilarPatches groups;
  for (int iteration = 0; iteration < options.iterations; ++iteration) {
    for (std::size_t i = 0; i < estimate.samples.size(); ++i) {
      estimate.samples[i] += feedback * (noisy.samples[i] - estimate.samples[i]);
    }
    const PaddedPlane plane = borderless(estimate);
    if (iteration % options.search_period == 0) {
      grid.largest_group -= options.group_decrease;
      groups = similar_patches(plane, grid, threads);
    }
    const auto sigmas =
        iteration == 0 ? std::vector<double>(grid.references(), sigma_8bit)
                       : remaining_noise(noisy_plane, plane, grid, sigma_8bit, options.noise_scale);
    estimate = low_rank_pass(plane, grid, groups, sigmas, options.strength, threads);
  }
  return estimate;
}

}  // namespace

WnnmOptions wnnm_options_for(double sigma_8bit) {
  if (sigma_8bit <= 20.0) {
    return {.patch_size = 6, .largest_group = 70, .iterations = 8, .noise_scale = 0.54};
  }
  if (sigma_8bit <= 40.0) {
    return {.patch_size = 7, .largest_group = 90, .iterations = 12, .noise_scale = 0.56};
  }
  if (sigma_8bit <= 60.0) {
    return {.patch_size = 8, .largest_group = 120, .iterations = 14, .noise_scale = 0.58};
  }
  return {.patch_size = 9, .largest_group = 140, .iterations = 14, .noise_scale = 0.58};
}

FloatPlanes wnnm(const FloatPlanes& noisy, double sigma_8bit, const WnnmOptions& options) {
  require_wnnm_options(options);
  require_gray(noisy, options.patch_size);
  require_noise_level("wnnm", sigma_8bit);
  FloatPlanes scaled = noisy;
  for (float& sample : scaled.samples) sample *= kWnnmPeak;
  FloatPlanes estimate = minimized(scaled, sigma_8bit, options);
  for (float& sample : estimate.samples) sample /= kWnnmPeak;
  return estimate;
}

FloatPlanes wnnm(const FloatPlanes& noisy, double sigma_8bit, int threads) {
  WnnmOptions options = wnnm_options_for(sigma_8bit);
  options.threads = threads;
  return wnnm(noisy, sigma_8bit, options);
}

}  // namespace bench::classical
