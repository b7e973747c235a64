#include "datasets/halve.h"

#include <gtest/gtest.h>

#include "datasets/catalogue.h"
#include "datasets/examples.h"
#include "tests/shared_folder.h"

namespace bench::datasets {
namespace {

// By Matlab's definition of imresize (its documentation and contributions.m: cubic kernel widened
// to twice its size, weights normalized, indices mirrored), in Python with floating-point sums.
TEST(Halve, IsMatlabsImresize) {
  const Image image{
      1, 7, 10, {121, 131, 193, 243, 8,   36,  210, 242, 63,  79,  222, 108, 69,  211,
                 65,  104, 164, 140, 21,  7,   221, 192, 214, 137, 209, 84,  115, 201,
                 31,  77,  31,  116, 250, 34,  98,  103, 231, 52,  128, 67,  5,   192,
                 15,  71,  127, 124, 29,  251, 191, 246, 23,  185, 75,  138, 236, 70,
                 185, 41,  82,  248, 107, 132, 74,  29,  108, 159, 116, 198, 92,  156}};
  const Image expected{1, 4, 5, {153, 170, 81,  173, 56,  146, 147, 120, 139, 84,
                                 79,  99,  129, 122, 188, 113, 74,  131, 141, 137}};
  EXPECT_EQ(halve(image), expected);
}

TEST(Halve, KeepsWhatIsFlatAndTheMeanOfWhatIsNot) {
  Image flat = black_image(3, 9, 8);
  for (auto& sample : flat.samples) sample = 77;
  for (const auto sample : halve(flat).samples) EXPECT_EQ(sample, 77);
  // A grating finer than the half-size image can hold becomes gray instead of an alias.
  Image grating = black_image(1, 32, 32);
  for (std::size_t i = 0; i < grating.samples.size(); ++i) {
    grating.samples[i] = i % 2 == 0 ? 100 : 200;
  }
  const auto half = halve(grating);
  for (int y = 0; y < 16; ++y) {
    // Two columns at each side see the mirror image beyond the border.
    for (int x = 2; x < 14; ++x) EXPECT_EQ(half.samples[static_cast<std::size_t>(y * 16 + x)], 150);
  }
}

TEST(Halve, TurnsWithTheImage) {
  Image image{1, 6, 8, {}};
  for (int i = 0; i < 48; ++i) image.samples.push_back(static_cast<std::uint8_t>(i * i * 7 % 251));
  Image turned{1, 8, 6, {}};
  for (int x = 0; x < 8; ++x) {
    for (int y = 0; y < 6; ++y) turned.samples.push_back(image.samples[y * 8 + x]);
  }
  const auto plain = halve(image), other = halve(turned);
  for (int y = 0; y < 3; ++y) {
    for (int x = 0; x < 4; ++x) EXPECT_EQ(plain.samples[y * 4 + x], other.samples[x * 3 + y]);
  }
}

TEST(HalvedSets, AreTheSameFilesAtHalfSize) {
  const DataSet &whole = find("bsd500"), &half = find("bsd500-half");
  EXPECT_EQ(half.folder, whole.folder);
  EXPECT_EQ(base_of("bsd500-half"), "bsd500");
  EXPECT_EQ(base_of("set12"), "set12");
  EXPECT_TRUE(overlap("bsd500-half", "bsd500"));
  EXPECT_TRUE(overlap("bsd68", "bsd500-half")) << "what is known of the whole images";
  for (const auto& split : half.splits) EXPECT_FALSE(split.published) << split.name;
  const auto root = tests::shared_folder();
  if (!std::filesystem::is_directory(root / "data/BSDS500")) GTEST_SKIP() << "BSDS500 is not here";
  const std::filesystem::path roots[] = {root / "data"};
  const auto image = *load_examples(whole, roots, "test", {.channels = 1, .limit = 1})[0].target;
  EXPECT_EQ(*load_examples(half, roots, "test", {.channels = 1, .limit = 1})[0].target,
            halve(image));
}

}  // namespace
}  // namespace bench::datasets
