// Against scores that others computed of the same files: the PSNR x 100 in the names of images
// that the authors of methods stored, and the values of scikit-image and of definitions in numpy.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "image_folders.h"
#include "metrics/scoring/score_sheet.h"
#include "tests/shared_folder.h"

namespace bench::scoring {
namespace {

namespace fs = std::filesystem;

/// \returns how many images were compared with their names.
int expect_psnr_of_names(const fs::path& outputs, const fs::path& clean) {
  int images = 0;
  for (const auto& entry : fs::directory_iterator(outputs)) {
    const auto sheet = make_score_sheet(
        {.reference = clean, .restored = entry.path(), .protocols = {"kair"}, .threads = 1});
    const auto name = entry.path().stem().string();
    EXPECT_EQ(std::lround(100.0 * sheet.pairs.at(0).scores.at(0)),
              std::stol(name.substr(name.rfind('_') + 1)))
        << name;
    ++images;
  }
  return images;
}

TEST(PublishedScores, StoredOutputsHaveThePsnrOfTheirNames) {
  const auto outputs = tests::shared_folder() / "reference/denoised_outputs";
  const auto data = tests::shared_folder() / "data/denoise";
  if (!fs::exists(outputs) || !fs::exists(data)) {
    GTEST_SKIP() << "skipped for want of reference/denoised_outputs or data/denoise under "
                 << tests::shared_folder().string();
  }
  EXPECT_EQ(expect_psnr_of_names(outputs / "set12_05_gray_sigma50", data / "set12_gray/05.png"), 5);
  EXPECT_EQ(expect_psnr_of_names(outputs / "163085_color_sigma50", data / "cbsd68/163085.png"), 6);
}

fs::path fixtures() {
  const char* set = std::getenv("BENCH_METRIC_FIXTURES");
  return set != nullptr && *set != '\0' ? fs::path(set)
                                        : tests::shared_folder() / "reference/metric_fixtures";
}

struct Fixture {
  const char* key;
  const char* protocol;
};

TEST(PublishedScores, FixturesHaveTheirValuesThroughFolders) {
  if (!fs::exists(fixtures() / "expected.json")) {
    GTEST_SKIP() << "skipped for want of metric_fixtures (BENCH_METRIC_FIXTURES)";
  }
  constexpr Fixture kFixtures[] = {
      {"psnr_rgb", "psnr(space=rgb,round=u8)"},
      {"psnr_crop4", "psnr(space=rgb,round=u8,crop=4)"},
      {"psnr_y_matlab_uint8", "psnr(space=y-bt601-limited-u8,round=u8)"},
      {"psnr_y_full_range_uint8", "psnr(space=y-bt601-full-u8,round=u8)"},
      {"psnr_pil_L", "psnr(space=pil-l,round=u8)"},
      {"ssim_gauss_valid", "ssim(space=rgb,round=u8,window=gaussian11,pad=valid)"},
      {"ssim_matlab_ipt", "ssim(space=rgb,round=u8,window=gaussian11,pad=replicate)"}};
  const ImageFolders folders;
  fs::copy_file(fixtures() / "rgb_coffee_rain_ref.png", folders.reference() / "coffee.png");
  fs::copy_file(fixtures() / "rgb_coffee_rain.png", folders.restored() / "coffee.png");
  ScoreRequest request{.reference = folders.reference(), .restored = folders.restored()};
  for (const auto& fixture : kFixtures) request.protocols.emplace_back(fixture.protocol);
  const auto sheet = make_score_sheet(request);
  const auto expected = nlohmann::json::parse(bytes_of(fixtures() / "expected.json"));
  const auto& values = expected.at("cases").at("rgb_coffee_rain").at("values");
  for (std::size_t i = 0; i < std::size(kFixtures); ++i) {
    EXPECT_NEAR(sheet.pairs.at(0).scores.at(i), values.at(kFixtures[i].key).get<double>(), 1e-9)
        << kFixtures[i].key;
  }
}

}  // namespace
}  // namespace bench::scoring
