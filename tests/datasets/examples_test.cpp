#include "datasets/examples.h"

#include <gtest/gtest.h>

#include "datasets/catalogue.h"
#include "datasets/dead_leaves.h"
#include "datasets/image_file.h"
#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

Image beside(const Image& left, const Image& right) {
  Image both = black_image(left.channels, left.height, left.width + right.width);
  auto destination = both.samples.begin();
  for (int row = 0; row < left.channels * left.height; ++row) {
    for (const Image* half : {&left, &right}) {
      destination =
          std::copy_n(half->samples.begin() + row * half->width, half->width, destination);
    }
  }
  return both;
}

DataSet at(std::string_view name, const fs::path& folder) {
  DataSet data_set = find(name);
  data_set.folder = folder.string();
  return data_set;
}

void write_image(const fs::path& file, const Image& image) {
  fs::create_directories(file.parent_path());
  write_png(file, image);
}

// PNG stands for JPEG here, which would change the samples: files are known by their content.
TEST(LoadExamples, TakesTheClearHalfFromTheLeft) {
  const tests::TemporaryFolder folder;
  const Image clear = embedded_scene(1, 1, 10, 14, 3);
  const Image rainy = embedded_scene(1, 2, 10, 14, 3);
  write_image(folder.path() / "test_syn/1.jpg", beside(clear, rainy));
  const auto examples = load_examples(at("rain800", folder.path()), {}, "test");
  ASSERT_EQ(examples.size(), 1U);
  EXPECT_EQ(examples[0].target, clear);
  EXPECT_EQ(examples[0].degraded, rainy);
}

TEST(LoadExamples, RefusesASideBySideImageOfOddWidth) {
  const tests::TemporaryFolder folder;
  write_image(folder.path() / "test_syn/1.jpg", black_image(3, 4, 5));
  const std::string message = tests::message_of<ImageError>(
      [&] { load_examples(at("rain800", folder.path()), {}, "test"); });
  EXPECT_NE(message.find("1.jpg: expected an even width"), std::string::npos) << message;
}

TEST(LoadExamples, PairsEveryRainWithItsCleanImage) {
  const tests::TemporaryFolder folder;
  const Image clean = embedded_scene(1, 1, 8, 8, 3);
  write_image(folder.path() / "ground_truth/901.jpg", clean);
  for (const int rain : {1, 2, 14}) {
    write_image(folder.path() / ("rainy_image/901_" + std::to_string(rain) + ".jpg"),
                embedded_scene(2, static_cast<std::uint64_t>(rain), 8, 8, 3));
  }
  const auto examples = load_examples(at("rain1400", folder.path()), {}, "test");
  ASSERT_EQ(examples.size(), 3U);
  EXPECT_EQ(examples[2].name, "901_14");
  for (const Example& example : examples) EXPECT_EQ(example.target, clean);
  EXPECT_EQ(examples[2].degraded, embedded_scene(2, 14, 8, 8, 3));
}

TEST(LoadExamples, GivesGrayOfColorButNotColorOfGray) {
  const tests::TemporaryFolder folder;
  const Image color = embedded_scene(1, 1, 9, 9, 3);
  write_image(folder.path() / "1.png", color);
  const auto gray = load_examples(at("cbsd68", folder.path()), {}, "test", {.channels = 1});
  EXPECT_EQ(gray[0].target, to_gray(color));
  const std::string message = tests::message_of<DataSetError>(
      [&] { load_examples(at("bsd68", folder.path()), {}, "test", {.channels = 3}); });
  EXPECT_NE(message.find("\"bsd68\""), std::string::npos) << message;
}

TEST(LoadExamples, NamesAPairOfUnlikeSizes) {
  const tests::TemporaryFolder folder;
  write_image(folder.path() / "norain/081.png", black_image(3, 8, 8));
  write_image(folder.path() / "rain/081.png", black_image(3, 8, 9));
  const std::string message = tests::message_of<ImageError>(
      [&] { load_examples(at("rain100h", folder.path()), {}, "test"); });
  EXPECT_NE(message.find("rain/081.png"), std::string::npos) << message;
  EXPECT_NE(message.find("[3, 8, 9]"), std::string::npos) << message;
}

TEST(LoadExamples, MakesTheEmbeddedSets) {
  const auto leaves = load_examples(find("embedded-leaves"), {}, "test");
  ASSERT_EQ(leaves.size(), 12U);
  EXPECT_EQ(leaves[0].name, "1001");
  EXPECT_FALSE(leaves[0].degraded.has_value());
  const DataSet& heavy = find("embedded-rain-heavy-slanted");
  const auto rain = load_examples(heavy, {}, "test", {.channels = 1, .limit = 2});
  ASSERT_EQ(rain.size(), 2U);
  EXPECT_EQ(rain[1].target, to_gray(*leaves[1].target));
  EXPECT_NE(rain[1].degraded, rain[1].target);
  EXPECT_EQ(list_examples(heavy, {}, find_split(heavy, "train")).size(), 80U);
}

}  // namespace
}  // namespace bench::datasets
