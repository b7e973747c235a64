#include "baselines/classical/bm3d.h"

#include <bit>
#include <stdexcept>
#include <string>
#include <vector>

#include "baselines/classical/collaborative_filter.h"
#include "baselines/classical/opponent_colors.h"

namespace bench::classical {
namespace {

constexpr int kSmallPatch = 8;
constexpr int kLargePatch = 12;
constexpr double kLargePatchSigma = 40.0;
constexpr double kStrongNoiseSigma = 35.0;
constexpr float kPeak = 255.0f;

[[noreturn]] void refuse(const std::string& option, int found, const std::string& expected) {
  throw std::invalid_argument("bm3d: option " + option + " is " + std::to_string(found) +
                              ", expected " + expected);
}

void require_group(const std::string& option, int size) {
  if (size >= 1 && size <= 32 && std::has_single_bit(static_cast<unsigned>(size))) return;
  refuse(option, size, "a power of two from 1 to 32");
}

void require_options(const Bm3dOptions& options) {
  require_threads("bm3d", options.threads);
  require_group("basic_group", options.basic_group);
  require_group("final_group", options.final_group);
  if (options.search_radius < 1 || options.search_radius > 64) {
    refuse("search_radius", options.search_radius, "1 to 64");
  }
  if (options.reference_step < 1 || options.reference_step > kSmallPatch) {
    refuse("reference_step", options.reference_step,
           "1 to 8: each pixel must be covered by a patch");
  }
}

FloatPlanes scaled(FloatPlanes planes, float factor) {
  for (float& sample : planes.samples) sample *= factor;
  return planes;
}

int patch_size_of(PatchTransform transform, double sigma_8bit) {
  const bool large = transform == PatchTransform::kDct && sigma_8bit >= kLargePatchSigma;
  return large ? kLargePatch : kSmallPatch;
}

/// The largest mean squared difference of a match, times the number of pixels.
float largest_distance(bool is_final, int channels, double sigma_8bit, int patch_size) {
  const bool strong = sigma_8bit >= kStrongNoiseSigma;
  // Gray images are given three times the color images' limit, whose plane 0 has a third of
  // the noise's energy.
  const float basic = (strong ? 5000.0f : 2500.0f) * (channels == 1 ? 3.0f : 1.0f);
  const float refined = strong ? 3500.0f : 400.0f;
  return (is_final ? refined : basic) * static_cast<float>(patch_size * patch_size);
}

CollaborativeFilterOptions pass_options(const Bm3dOptions& options, bool is_final, int channels,
                                        double sigma_8bit) {
  const PatchTransform transform = is_final ? options.final_transform : options.basic_transform;
  const int patch_size = patch_size_of(transform, sigma_8bit);
  return {{patch_size, options.search_radius, is_final ? options.final_group : options.basic_group,
           largest_distance(is_final, channels, sigma_8bit, patch_size)},
          transform,
          options.reference_step,
          options.threads};
}

std::vector<float> noise_levels(int channels, double sigma_8bit) {
  if (channels == 1) return {static_cast<float>(sigma_8bit)};
  std::vector<float> levels;
  for (const double gain : opponent_noise_gains()) {
    levels.push_back(static_cast<float>(gain * sigma_8bit));
  }
  return levels;
}

}  // namespace

Bm3dEstimates bm3d_estimates(const FloatPlanes& noisy, double sigma_8bit,
                             const Bm3dOptions& options) {
  require_restorable("bm3d", noisy, kLargePatch);
  require_noise_level("bm3d", sigma_8bit);
  require_options(options);
  const bool color = noisy.channels == 3;
  const FloatPlanes planes = scaled(color ? opponent_from_rgb(noisy) : noisy, kPeak);
  const auto sigmas = noise_levels(noisy.channels, sigma_8bit);
  Bm3dEstimates estimates;
  estimates.basic =
      collaborative_filter(planes, nullptr, sigmas,
                           pass_options(options, /*is_final=*/false, noisy.channels, sigma_8bit));
  estimates.final =
      collaborative_filter(planes, &estimates.basic, sigmas,
                           pass_options(options, /*is_final=*/true, noisy.channels, sigma_8bit));
  for (FloatPlanes* estimate : {&estimates.basic, &estimates.final}) {
    *estimate = scaled(color ? rgb_from_opponent(*estimate) : *estimate, 1.0f / kPeak);
  }
  return estimates;
}

FloatPlanes bm3d(const FloatPlanes& noisy, double sigma_8bit, const Bm3dOptions& options) {
  return bm3d_estimates(noisy, sigma_8bit, options).final;
}

}  // namespace bench::classical
