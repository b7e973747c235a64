#include "datasets/picture.h"

#include <gtest/gtest.h>

#include <limits>

namespace bench::datasets {
namespace {

TEST(Picture, OfBytesAndBackIsTheSameForAllValues) {
  Picture picture = black_picture(1, 16, 16);
  for (std::size_t i = 0; i < 256; ++i) picture.samples[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(to_bytes(to_float(picture)), picture);
}

TEST(Picture, ToBytesRoundsHalfUpAndClips) {
  const FloatPicture values{1,
                            1,
                            6,
                            {-3.0F, 0.49F / 255, 0.51F / 255, 254.6F / 255, 7.0F,
                             std::numeric_limits<float>::quiet_NaN()}};
  EXPECT_EQ(to_bytes(values).samples, (std::vector<std::uint8_t>{0, 0, 1, 255, 255, 0}));
}

TEST(Picture, GrayIsPilsLuma) {
  // (19595 R + 38470 G + 7471 B + 32768) >> 16 by hand: 255 * 19595 = 4996725 -> 76, and so on.
  const Picture colour{3, 1, 4, {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255}};
  EXPECT_EQ(to_gray(colour).samples, (std::vector<std::uint8_t>{76, 150, 29, 255}));
}

TEST(Picture, CropTakesThePartInEachChannel) {
  Picture picture = black_picture(3, 2, 3);
  for (std::size_t i = 0; i < picture.samples.size(); ++i) {
    picture.samples[i] = static_cast<std::uint8_t>(i);
  }
  EXPECT_EQ(crop(picture, 1, 1, 1, 2).samples, (std::vector<std::uint8_t>{4, 5, 10, 11, 16, 17}));
  EXPECT_THROW(crop(picture, 1, 1, 2, 2), PictureError);
  EXPECT_THROW(crop(picture, -1, 0, 1, 1), PictureError);
  EXPECT_THROW(crop(picture, 0, 0, 1, std::numeric_limits<int>::max()), PictureError);
}

TEST(Picture, OfTwoChannelsIsRefusedWithItsShape) {
  try {
    black_picture(2, 4, 5);
    FAIL() << "no exception";
  } catch (const PictureError& error) {
    EXPECT_NE(std::string(error.what()).find("[2, 4, 5]"), std::string::npos);
  }
}

}  // namespace
}  // namespace bench::datasets
