#include "datasets/augmentation.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace bench::datasets {
namespace {

std::vector<int> turned(int mode) {
  // 2 x 2 inside a wider plane, so that the stride counts.
  const std::vector<std::uint8_t> plane = {1, 2, 9, 3, 4, 9};
  std::vector<float> patch(4);
  copy_augmented(plane.data(), 3, 2, mode, patch.data());
  std::vector<int> levels;
  for (const float value : patch) levels.push_back(static_cast<int>(value * 255.0F + 0.5F));
  return levels;
}

// numpy's flipud and rot90 (anticlockwise) of [[1, 2], [3, 4]], as in the field's
// data_augmentation(image, mode).
TEST(CopyAugmented, NumbersItsModesAsTheFieldDoes) {
  using Levels = std::vector<int>;
  EXPECT_EQ(turned(0), (Levels{1, 2, 3, 4}));
  EXPECT_EQ(turned(1), (Levels{3, 4, 1, 2}));
  EXPECT_EQ(turned(2), (Levels{2, 4, 1, 3}));
  EXPECT_EQ(turned(3), (Levels{1, 3, 2, 4}));
  EXPECT_EQ(turned(4), (Levels{4, 3, 2, 1}));
  EXPECT_EQ(turned(5), (Levels{2, 1, 4, 3}));
  EXPECT_EQ(turned(6), (Levels{3, 1, 4, 2}));
  EXPECT_EQ(turned(7), (Levels{4, 2, 3, 1}));
}

TEST(CopyAugmented, HasEightUnlikeModesOnALargerPatch) {
  std::vector<std::uint8_t> plane(25);
  for (std::size_t i = 0; i < plane.size(); ++i) plane[i] = static_cast<std::uint8_t>(i);
  std::set<std::vector<float>> patches;
  for (int mode = 0; mode < kAugmentationModes; ++mode) {
    std::vector<float> patch(25);
    copy_augmented(plane.data(), 5, 5, mode, patch.data());
    EXPECT_FLOAT_EQ(patch[12], 12.0F / 255.0F) << "the center stays";
    patches.insert(patch);
  }
  EXPECT_EQ(patches.size(), 8U);
}

}  // namespace
}  // namespace bench::datasets
