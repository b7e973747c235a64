#include "baselines/classical/nlm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/baselines/classical/images.h"

namespace bench::classical {
namespace {

NlmOptions options_of(const nlohmann::json& value) {
  return {.patch_size = value.at("patch_size"),
          .search_radius = value.at("search_radius"),
          .strength = value.at("strength"),
          .subtract_noise = value.at("subtract_noise"),
          .threads = 2};
}

TEST(Nlm, EqualsScikitImageOnTheFixtures) {
  std::ifstream file(reference_folder() / "nlm_reference.json");
  const auto reference = nlohmann::json::parse(file);
  for (const auto& value : reference.at("values")) {
    const auto name = value.at("image").get<std::string>();
    const auto noisy = read_png(reference_folder() / "metric_fixtures" / (name + ".png"));
    const auto clean = read_png(reference_folder() / "metric_fixtures" / (name + "_ref.png"));
    const auto restored = nlm(noisy, value.at("sigma_8bit").get<double>(), options_of(value));
    // The reference sums in double; scikit-image's exp has 20 bits.
    for (std::size_t i = 0; i < value.at("indices").size(); ++i) {
      const auto index = value.at("indices").at(i).get<std::size_t>();
      EXPECT_NEAR(restored.samples[index], value.at("samples").at(i).get<double>(), 2e-6)
          << name << " sample " << index;
    }
    EXPECT_NEAR(psnr_db(restored, clean), value.at("psnr_db").get<double>(), 1e-4) << name;
  }
}

TEST(Nlm, KeepsAConstantImage) {
  const FloatPlanes gray{1, 20, 30, std::vector<float>(600, 0.25f)};
  for (const float sample : nlm(gray, 25.0).samples) EXPECT_NEAR(sample, 0.25f, 1e-6f);
}

TEST(Nlm, DoesNotDependOnTheNumberOfThreads) {
  const auto noisy = read_png(reference_folder() / "metric_fixtures/gray_camera_192_s30.png");
  EXPECT_EQ(nlm(noisy, 30.0, {.search_radius = 3, .threads = 1}),
            nlm(noisy, 30.0, {.search_radius = 3, .threads = 3}));
}

TEST(Nlm, RefusesWhatItCannotRestore) {
  const FloatPlanes gray{1, 20, 20, std::vector<float>(400, 0.5f)};
  EXPECT_THROW(nlm(gray, 0.0), std::invalid_argument);
  EXPECT_THROW(nlm(gray, 25.0, {.patch_size = 4}), std::invalid_argument);
  EXPECT_THROW(nlm(gray, 25.0, {.patch_size = 21}), std::invalid_argument);
  EXPECT_THROW(nlm(gray, 25.0, {.strength = std::nan("")}), std::invalid_argument);
  EXPECT_THROW(nlm(FloatPlanes{2, 20, 20, std::vector<float>(800)}, 25.0), std::invalid_argument);
}

TEST(NlmOptionsFor, TakesLargerPatchesAndWindowsForStrongNoise) {
  EXPECT_EQ(nlm_options_for(30.0).patch_size, 7);
  EXPECT_EQ(nlm_options_for(50.0).patch_size, 9);
  EXPECT_EQ(nlm_options_for(50.0).search_radius, 17);
}

}  // namespace
}  // namespace bench::classical
