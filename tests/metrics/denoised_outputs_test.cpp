// Images that the authors of published methods stored, with their PSNR x 100 in the file's name
// (cszn/KAIR, MIT): <image>_<method>_<PSNR x 100>.png.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "metrics/protocol_names.h"
#include "metrics/score.h"
#include "png_image.h"
#include "tests/shared_folder.h"

namespace bench::metrics {
namespace {

void expect_psnr_of_names(const std::string& folder, const std::string& clean) {
  const auto outputs = tests::shared_folder() / "reference/denoised_outputs" / folder;
  const auto target_file = tests::shared_folder() / "data/denoise" / clean;
  if (!std::filesystem::exists(outputs) || !std::filesystem::exists(target_file)) {
    GTEST_SKIP() << "skipped for want of reference/denoised_outputs/" << folder
                 << " or data/denoise/" << clean << " under " << tests::shared_folder().string();
  }
  const auto target = read_png(target_file);
  const auto protocol = resolve("kair").front();
  for (const auto& entry : std::filesystem::directory_iterator(outputs)) {
    const auto name = entry.path().stem().string();
    const double value = score(protocol, read_png(entry.path()).view(), target.view());
    EXPECT_EQ(std::lround(100.0 * value), std::stol(name.substr(name.rfind('_') + 1)))
        << name << " " << value;
  }
}

TEST(Psnr, OfStoredGrayOutputsIsThatOfTheirNames) {
  expect_psnr_of_names("set12_05_gray_sigma50", "set12_gray/05.png");
}

TEST(Psnr, OfStoredColorOutputsIsThatOfTheirNames) {
  expect_psnr_of_names("163085_color_sigma50", "cbsd68/163085.png");
}

}  // namespace
}  // namespace bench::metrics
