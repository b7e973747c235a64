#include "datasets/layouts.h"

#include <gtest/gtest.h>

#include "datasets/catalogue.h"
#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

// Only names matter to a layout.
void touch(const tests::TemporaryFolder& folder, std::initializer_list<const char*> names) {
  for (const char* name : names) folder.write(name, "");
}

std::vector<std::string> names_in(const DataSet& data_set, const tests::TemporaryFolder& folder,
                                  std::string_view split) {
  std::vector<std::string> names;
  for (const ExampleFiles& files :
       list_examples(data_set, folder.path(), find_split(data_set, split))) {
    names.push_back(files.name);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(FirstNumber, IsTheIdInAName) {
  EXPECT_EQ(first_number("norain-007"), 7);
  EXPECT_EQ(first_number("901_14"), 901);
  EXPECT_EQ(first_number("rain-1x2"), 1);
  EXPECT_EQ(first_number("barbara"), std::nullopt);
  EXPECT_EQ(first_number("99999999999999999999999"), std::nullopt);
}

TEST(NaturalLess, CountsNumbersByValue) {
  EXPECT_TRUE(natural_less("2", "10"));
  EXPECT_TRUE(natural_less("901_2", "901_10"));
  EXPECT_TRUE(natural_less("a", "b"));
  EXPECT_TRUE(natural_less("a", "a1"));
  EXPECT_FALSE(natural_less("10", "2"));
  EXPECT_FALSE(natural_less("x", "x"));
  EXPECT_NE(natural_less("01", "1"), natural_less("1", "01"));
}

// The trap: both splits are called Rain1400 in the literature.
TEST(Rain1400, SplitsByTheIdOfTheCleanImage) {
  const tests::TemporaryFolder folder;
  touch(folder, {"training/ground_truth/1.jpg", "training/ground_truth/900.jpg",
                 "training/ground_truth/651.jpg", "training/rainy_image/1_1.jpg",
                 "training/rainy_image/1_14.jpg", "training/rainy_image/1_2.jpg",
                 "training/rainy_image/900_14.jpg", "training/rainy_image/651_1.jpg",
                 "testing/ground_truth/901.jpg", "testing/rainy_image/901_1.jpg"});
  const DataSet& rain1400 = find("rain1400");
  EXPECT_EQ(names_in(rain1400, folder, "train"), (Names{"1_1", "1_2", "1_14", "651_1", "900_14"}));
  EXPECT_EQ(names_in(rain1400, folder, "test"), (Names{"901_1"}));
  EXPECT_EQ(names_in(rain1400, folder, "train-durn"), (Names{"1_1", "1_2", "1_14"}));
  EXPECT_EQ(names_in(rain1400, folder, "test-durn"), (Names{"651_1", "900_14", "901_1"}));
}

TEST(Rain1400, AlsoLiesInOneFolderOrWithSpacesInItsNames) {
  const tests::TemporaryFolder folder;
  touch(folder, {"ground truth/901.jpg", "rainy image/901_3.jpg"});
  const auto files =
      list_examples(find("rain1400"), folder.path(), find_split(find("rain1400"), "test"));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].target, folder.path() / "ground truth/901.jpg");
  EXPECT_EQ(files[0].degraded, folder.path() / "rainy image/901_3.jpg");
}

TEST(Rain1400, NamesACleanImageThatIsMissing) {
  const tests::TemporaryFolder folder;
  touch(folder, {"ground_truth/901.jpg", "rainy_image/902_3.jpg"});
  const std::string message =
      tests::message_of<DataSetError>([&] { lay_out(find("rain1400"), folder.path()); });
  EXPECT_NE(message.find("902.jpg"), std::string::npos) << message;
}

TEST(Rain800, TellsItsPartsByFolder) {
  const tests::TemporaryFolder folder;
  touch(folder, {"training/1.jpg", "training/10.jpg", "training/2.jpg", "test_syn/7.jpg",
                 "test_nature/9.jpg"});
  EXPECT_EQ(names_in(find("rain800"), folder, "train"),
            (Names{"training/1", "training/2", "training/10"}));
  EXPECT_EQ(names_in(find("rain800"), folder, "test"), (Names{"test_syn/7"}));
}

TEST(Rain100L, PairsByPrefixAlsoWithARainyFolder) {
  const tests::TemporaryFolder folder;
  touch(folder, {"RainTrainL/norain-1.png", "RainTrainL/rain-1.png", "Rain100L/norain-001.png",
                 "Rain100L/rainy/rain-001.png"});
  const DataSet& rain100l = find("rain100l");
  EXPECT_EQ(names_in(rain100l, folder, "train"), (Names{"RainTrainL/1"}));
  const auto test = list_examples(rain100l, folder.path(), find_split(rain100l, "test"));
  ASSERT_EQ(test.size(), 1U);
  EXPECT_EQ(test[0].degraded, folder.path() / "Rain100L/rainy/rain-001.png");
}

TEST(RainNoRain, NeedsBothPartners) {
  const tests::TemporaryFolder folder;
  touch(folder, {"rain/1.png", "norain/1.png", "rain/2.png"});
  const std::string message =
      tests::message_of<DataSetError>([&] { lay_out(find("rain100h"), folder.path()); });
  EXPECT_NE(message.find("norain/2.png"), std::string::npos) << message;
}

TEST(Bsd500, HasItsThreePartsAndTrainval) {
  const tests::TemporaryFolder folder;
  touch(folder, {"train/100075.jpg", "val/101085.jpg", "test/100007.jpg", "train/Thumbs.db"});
  EXPECT_EQ(names_in(find("bsd500"), folder, "train"), (Names{"train/100075"}));
  EXPECT_EQ(names_in(find("bsd500"), folder, "trainval"), (Names{"train/100075", "val/101085"}));
  EXPECT_EQ(names_in(find("bsd500"), folder, "test"), (Names{"test/100007"}));
}

TEST(Train400, HalvesForTheSearchAreDisjoint) {
  const tests::TemporaryFolder folder;
  touch(folder, {"test_001.png", "test_002.png", "test_003.png"});
  EXPECT_EQ(names_in(find("train400"), folder, "search-weights"), (Names{"test_001", "test_003"}));
  EXPECT_EQ(names_in(find("train400"), folder, "search-architecture"), (Names{"test_002"}));
}

TEST(Layout, OfAnEmptyFolderOrSplitIsAnError) {
  const tests::TemporaryFolder folder;
  EXPECT_THROW(lay_out(find("set12"), folder.path()), DataSetError);
  EXPECT_THROW(lay_out(find("set12"), folder.path() / "none"), DataSetError);
  touch(folder, {"rain/001.png", "norain/001.png"});
  const std::string message =
      tests::message_of<DataSetError>([&] { names_in(find("rain100h"), folder, "test"); });
  EXPECT_NE(message.find("split \"test\""), std::string::npos) << message;
}

}  // namespace
}  // namespace bench::datasets
