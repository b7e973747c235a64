#include "metrics/psnr.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "metrics/image_pair.h"
#include "metrics/mae.h"

namespace bench::metrics {
namespace {

FloatImage gray(const std::vector<float>& samples) {
  return {1, 1, static_cast<int>(samples.size()), samples};
}

TEST(PsnrDb, OfAUniformErrorIsItsClosedForm) {
  const std::vector<float> target(64, 0.5F), restored(64, 0.6F);
  // mse = 0.1^2, so 10 log10(1 / 0.01) = 20 dB.
  EXPECT_NEAR(psnr_db(gray(restored), gray(target)), 20.0, 1e-5);
}

TEST(PsnrDb, OfBytesDoesNotWrapAround) {
  const std::vector<std::uint8_t> dark{0}, light{255};
  // mse = 255^2 = peak^2, so 0 dB; in 8-bit arithmetic 0 - 255 would be 1.
  EXPECT_DOUBLE_EQ(psnr_db(ByteImage{1, 1, 1, dark}, ByteImage{1, 1, 1, light}), 0.0);
}

TEST(PsnrDb, OfTheLargestErrorOverManyBlocksDoesNotOverflow) {
  const std::vector<std::uint8_t> dark(1'000'003, 0), light(1'000'003, 255);
  EXPECT_DOUBLE_EQ(psnr_db(ByteImage{1, 1, 1'000'003, dark}, ByteImage{1, 1, 1'000'003, light}),
                   0.0);
}

TEST(PsnrDb, OfIdenticalImagesIsInfinite) {
  const std::vector<float> samples{0.1F, 0.9F};
  EXPECT_EQ(psnr_db(gray(samples), gray(samples)), std::numeric_limits<double>::infinity());
  EXPECT_EQ(mse_of_psnr_db(std::numeric_limits<double>::infinity(), 255.0), 0.0);
}

TEST(PsnrDb, NamesBothShapesWhenTheyDiffer) {
  const std::vector<float> samples(6);
  try {
    psnr_db(FloatImage{3, 1, 2, samples}, FloatImage{1, 3, 2, samples});
    FAIL() << "no exception";
  } catch (const ShapeMismatch& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("[3, 1, 2]"), std::string::npos) << message;
    EXPECT_NE(message.find("[1, 3, 2]"), std::string::npos) << message;
  }
}

TEST(PsnrDb, RefusesAViewThatLacksSamples) {
  const std::vector<float> samples(5);
  EXPECT_THROW(psnr_db(FloatImage{1, 2, 3, samples}, FloatImage{1, 2, 3, samples}), ShapeMismatch);
}

TEST(MeanAbsoluteError, IsOnTheScaleOfTheSamples) {
  const std::vector<std::uint8_t> a{0, 10, 255}, b{255, 13, 255};
  EXPECT_DOUBLE_EQ(mean_absolute_error(ByteImage{1, 1, 3, a}, ByteImage{1, 1, 3, b}), 258.0 / 3.0);
  const std::vector<float> c{0.0F, 1.0F}, d{0.5F, 0.75F};
  EXPECT_DOUBLE_EQ(mean_absolute_error(gray(c), gray(d)), 0.375);
}

}  // namespace
}  // namespace bench::metrics
