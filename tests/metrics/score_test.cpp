#include "metrics/score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "metrics/crop.h"
#include "metrics/image_pair.h"
#include "metrics/protocol_names.h"
#include "metrics/psnr.h"
#include "random_images.h"

namespace bench::metrics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double psnr_of(const std::string& text, const std::vector<float>& restored,
               const std::vector<float>& target) {
  const int width = static_cast<int>(target.size());
  return score(parse_protocol(text), FloatImage{1, 1, width, restored},
               FloatImage{1, 1, width, target});
}

TEST(Score, ClipsOnlyWhenTheProtocolSaysSo) {
  // Error .2 without clipping, none with it.
  EXPECT_EQ(psnr_of("psnr(clip=yes)", {1.2F, 0.0F}, {1.0F, 0.0F}), kInfinity);
  EXPECT_NEAR(psnr_of("psnr(clip=no)", {1.2F, 0.0F}, {1.0F, 0.0F}),
              10.0 * std::log10(1.0 / (0.04 / 2.0)), 1e-5);
}

TEST(Score, RoundsOrTruncatesTheRestoredImage) {
  // 100.7 rounds to 101 and truncates to 100; the target is 100.
  const std::vector<float> restored{100.7F / 255.0F}, target{100.0F / 255.0F};
  EXPECT_NEAR(psnr_of("psnr(round=u8)", restored, target), 20.0 * std::log10(255.0), 1e-12);
  EXPECT_EQ(psnr_of("psnr(round=truncate)", restored, target), kInfinity);
  EXPECT_NEAR(psnr_of("psnr(round=none)", restored, target), 20.0 * std::log10(255.0 / 0.7), 1e-3);
}

TEST(Score, CropsTheCenterThenTheBorder) {
  const auto x = noise_image(3, 70, 133, 1), y = noise_image(3, 70, 133, 2);
  // 70 x 133 -> 64 x 128 at (3, 2), then 5 pixels from each side.
  const Region inner{8, 7, 54, 118};
  EXPECT_EQ(center_multiple(70, 133, 64), (Region{3, 2, 64, 128}));
  EXPECT_DOUBLE_EQ(score(parse_protocol("psnr(multiple=64,crop=5)"), x.view(), y.view()),
                   psnr_db(crop(x.view(), inner).view(), crop(y.view(), inner).view()));
}

TEST(Score, OfChannelsIsTheirMeanAndEachIsItsOwn) {
  const auto x = noise_image(3, 16, 16, 3), y = noise_image(3, 16, 16, 4);
  double sum = 0.0;
  for (const auto* space : {"r", "g", "b"}) {
    sum += score(parse_protocol(std::string("psnr(space=") + space + ")"), x.view(), y.view());
  }
  EXPECT_NEAR(score(parse_protocol("psnr(space=channel-mean)"), x.view(), y.view()), sum / 3.0,
              1e-12);
}

TEST(Score, OfPatchesIsTheMeanOfWholePatches) {
  // 4 x 6 pixels, patches of 4 at stride 2: two of them, at columns 0 and 2.
  std::vector<std::uint8_t> clean(24, 100), restored(24, 100);
  for (std::size_t row = 0; row < 4; ++row) restored[row * 6] = 110;  // in the first patch alone
  const auto protocol = parse_protocol("mae(agg=patch-mean,patch=4,stride=2)");
  EXPECT_DOUBLE_EQ(score(protocol, ByteImage{1, 4, 6, restored}, ByteImage{1, 4, 6, clean}),
                   (40.0 / 16.0 + 0.0) / 2.0);
  EXPECT_EQ(image_weight(protocol, 4, 6), 2.0);
  EXPECT_EQ(image_weight(parse_protocol("mae()"), 4, 6), 1.0);
}

TEST(Score, MeasuresGrayImagesAsTheyAreInEverySpace) {
  const auto x = noise_image(1, 16, 16, 5), y = noise_image(1, 16, 16, 6);
  const double value = psnr_db(x.view(), y.view());
  for (const auto* space : {"rgb", "channel-mean", "r", "y-bt601-limited-u8", "pil-l"}) {
    const auto text = std::string("psnr(round=u8,space=") + space + ")";
    EXPECT_DOUBLE_EQ(score(parse_protocol(text), x.view(), y.view()), value) << space;
  }
}

TEST(Score, AddsTheOffsetThatKeepsIdenticalImagesFinite) {
  // N3Net adds 1e-10 to the squared error of [0, 1]: 100 dB at most.
  EXPECT_NEAR(psnr_of(to_string(resolve("n3net")[0]), {0.5F}, {0.5F}), 100.0, 1e-9);
}

TEST(Score, RefusesWhatItCannotMeasure) {
  const auto two = noise_image(2, 16, 16, 7);
  const auto protocol = parse_protocol("psnr()");
  EXPECT_THROW(score(protocol, two.view(), two.view()), ShapeMismatch);
  const auto gray = noise_image(1, 16, 16, 7), rgb = noise_image(3, 16, 16, 7);
  EXPECT_THROW(score(protocol, gray.view(), rgb.view()), ShapeMismatch);
  EXPECT_THROW(score(parse_protocol("psnr(multiple=64)"), gray.view(), gray.view()), ImageTooSmall);
  EXPECT_THROW(score(parse_protocol("psnr(crop=8)"), gray.view(), gray.view()), ImageTooSmall);
  EXPECT_THROW(
      score(parse_protocol("psnr(agg=patch-mean,patch=17,stride=1)"), gray.view(), gray.view()),
      ImageTooSmall);
  EXPECT_THROW(score(Protocol{.patch = 3}, gray.view(), gray.view()), InvalidProtocol);
}

TEST(Score, RefusesADivergedNetwork) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const auto* text : {"psnr()", "psnr(round=u8)", "psnr(clip=no)"}) {
    EXPECT_THROW(psnr_of(text, {0.5F, nan}, {0.5F, 0.5F}), std::invalid_argument) << text;
  }
}

TEST(ScoreOfSet, IsTheMeanOfTheImages) {
  const std::vector<double> scores{30.0, 32.0, 25.0};
  const auto set = score_of_set(parse_protocol("psnr()"), scores);
  EXPECT_DOUBLE_EQ(set.value, 29.0);
  EXPECT_EQ(set.images, 3U);
  EXPECT_EQ(set.identical_images, 0U);
}

TEST(ScoreOfSet, CountsIdenticalImagesAndDoesNotHideThem) {
  const std::vector<double> scores{30.0, kInfinity, 25.0};
  const auto set = score_of_set(parse_protocol("psnr()"), scores);
  EXPECT_EQ(set.value, kInfinity);
  EXPECT_EQ(set.identical_images, 1U);
}

TEST(ScoreOfSet, WeighsImagesByTheirPatches) {
  const std::vector<double> scores{30.0, 20.0}, weights{3.0, 1.0};
  const auto protocol = parse_protocol("psnr(agg=patch-mean,patch=8,stride=8)");
  EXPECT_DOUBLE_EQ(score_of_set(protocol, scores, weights).value, 27.5);
}

TEST(ScoreOfSet, OfTheMeanErrorIsNotTheMeanOfThePsnrs) {
  // Errors 1e-2 and 1e-4 of the peak's square: mean 5.05e-3, where the mean of PSNRs is 30 dB. An
  // identical image counts as error 0.
  const auto protocol = parse_protocol("psnr(agg=mse-mean)");
  const std::vector<double> scores{20.0, 40.0}, with_identical{20.0, kInfinity};
  EXPECT_NEAR(score_of_set(protocol, scores).value, -10.0 * std::log10(5.05e-3), 1e-12);
  EXPECT_NEAR(score_of_set(protocol, with_identical).value, -10.0 * std::log10(5e-3), 1e-12);
  EXPECT_EQ(score_of_set(protocol, with_identical).identical_images, 1U);
}

TEST(ScoreOfSet, RefusesNothingAndNotANumber) {
  const auto protocol = parse_protocol("psnr()");
  const std::vector<double> bad{30.0, std::nan("")}, good{30.0, 31.0}, one{1.0},
      negative{1.0, -1.0};
  EXPECT_THROW(score_of_set(protocol, {}), std::invalid_argument);
  EXPECT_THROW(score_of_set(protocol, bad), std::invalid_argument);
  EXPECT_THROW(score_of_set(protocol, good, one), std::invalid_argument);
  EXPECT_THROW(score_of_set(protocol, good, negative), std::invalid_argument);
}

}  // namespace
}  // namespace bench::metrics
