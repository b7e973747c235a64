#include "datasets/image.h"

#include <gtest/gtest.h>

#include <limits>

namespace bench::datasets {
namespace {

TEST(Image, OfBytesAndBackIsTheSameForAllValues) {
  Image image = black_image(1, 16, 16);
  for (std::size_t i = 0; i < 256; ++i) image.samples[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(to_bytes(to_float(image)), image);
}

TEST(Image, ToBytesRoundsHalfUpAndClips) {
  const FloatImage values{1,
                          1,
                          6,
                          {-3.0F, 0.49F / 255, 0.51F / 255, 254.6F / 255, 7.0F,
                           std::numeric_limits<float>::quiet_NaN()}};
  EXPECT_EQ(to_bytes(values).samples, (std::vector<std::uint8_t>{0, 0, 1, 255, 255, 0}));
}

TEST(Image, GrayIsPilsLuma) {
  // (19595 R + 38470 G + 7471 B + 32768) >> 16 by hand: 255 * 19595 = 4996725 -> 76, and so on.
  const Image color{3, 1, 4, {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255}};
  EXPECT_EQ(to_gray(color).samples, (std::vector<std::uint8_t>{76, 150, 29, 255}));
}

TEST(Image, CropTakesThePartInEachChannel) {
  Image image = black_image(3, 2, 3);
  for (std::size_t i = 0; i < image.samples.size(); ++i) {
    image.samples[i] = static_cast<std::uint8_t>(i);
  }
  EXPECT_EQ(crop(image, 1, 1, 1, 2).samples, (std::vector<std::uint8_t>{4, 5, 10, 11, 16, 17}));
  EXPECT_THROW(crop(image, 1, 1, 2, 2), ImageError);
  EXPECT_THROW(crop(image, -1, 0, 1, 1), ImageError);
  EXPECT_THROW(crop(image, 0, 0, 1, std::numeric_limits<int>::max()), ImageError);
}

TEST(Image, OfTwoChannelsIsRefusedWithItsShape) {
  try {
    black_image(2, 4, 5);
    FAIL() << "no exception";
  } catch (const ImageError& error) {
    EXPECT_NE(std::string(error.what()).find("[2, 4, 5]"), std::string::npos);
  }
}

}  // namespace
}  // namespace bench::datasets
