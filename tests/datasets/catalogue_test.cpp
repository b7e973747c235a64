#include "datasets/catalogue.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "datasets/examples.h"
#include "tests/message_of.h"
#include "tests/shared_folder.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

fs::path data_root() {
  return tests::shared_folder() / "data";
}

TEST(Catalogue, HasEverySetUnderOneName) {
  std::set<std::string> names;
  for (const DataSet& data_set : list()) {
    EXPECT_TRUE(names.insert(data_set.name).second) << data_set.name;
    EXPECT_EQ(&find(data_set.name), &data_set);
    EXPECT_FALSE(data_set.description.empty()) << data_set.name;
    EXPECT_FALSE(data_set.terms.empty()) << data_set.name;
    EXPECT_FALSE(data_set.source.empty()) << data_set.name;
    EXPECT_FALSE(data_set.splits.empty()) << data_set.name;
    for (const Split& split : data_set.splits) {
      EXPECT_EQ(&find_split(data_set, split.name), &split);
      EXPECT_FALSE(split.description.empty()) << data_set.name << " " << split.name;
    }
  }
  for (const char* name :
       {"train400", "bsd68", "cbsd68", "set12", "bsds500-test100", "rain100h", "polyu",
        "jordere-heavy18", "real-rain", "rain800", "rain1400", "rain100l", "bsd500"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST(Catalogue, HintsAtTheNearestName) {
  const std::string message = tests::message_of<DataSetError>([] { find("rain10h"); });
  EXPECT_NE(message.find("Did you mean \"rain100h\"?"), std::string::npos) << message;
  const std::string split =
      tests::message_of<DataSetError>([] { find_split(find("rain1400"), "tests"); });
  EXPECT_NE(split.find("\"rain1400\""), std::string::npos) << split;
  EXPECT_NE(split.find("Did you mean \"test\"?"), std::string::npos) << split;
}

TEST(Catalogue, SaysHowToGetASetThatIsNotThere) {
  const tests::TemporaryFolder empty;
  const fs::path roots[] = {empty.path()};
  const std::string message =
      tests::message_of<DataSetError>([&] { locate(find("set12"), roots); });
  EXPECT_NE(message.find((empty.path() / "denoise/set12_gray").string()), std::string::npos)
      << message;
  EXPECT_NE(message.find("git clone https://github.com/cszn/FFDNet.git"), std::string::npos)
      << message;
  EXPECT_NE(message.find("bench data fetch set12 --from FFDNet"), std::string::npos) << message;
}

TEST(Catalogue, LocatesASetBelowTheFirstRootThatHasIt) {
  const tests::TemporaryFolder folder;
  fs::create_directories(folder.path() / "second/denoise/set12_gray");
  const fs::path roots[] = {folder.path() / "first", folder.path() / "second"};
  EXPECT_EQ(locate(find("set12"), roots), folder.path() / "second/denoise/set12_gray");
  EXPECT_EQ(locate(find("embedded-leaves"), {}), fs::path());
}

// Counts of the data sets' own descriptions.
TEST(Catalogue, HasManifestsOfTheRightSize) {
  const std::pair<const char*, std::size_t> counts[] = {
      {"train400", 400},        {"bsd68", 68},   {"cbsd68", 68},          {"set12", 12},
      {"rain100h", 200},        {"polyu", 200},  {"jordere-heavy18", 36}, {"real-rain", 21},
      {"bsds500-test100", 100}, {"bsd500", 500}, {"rain800", 800}};
  for (const auto& [name, count] : counts) {
    const auto manifest = committed_manifest(name);
    ASSERT_TRUE(manifest.has_value()) << name;
    EXPECT_EQ(manifest->size(), count) << name;
  }
  EXPECT_FALSE(committed_manifest("rain1400").has_value());
  EXPECT_THROW(verify(find("rain1400"), data_root()), DataSetError);
}

TEST(Catalogue, VerifiesTheDataAtHand) {
  if (!fs::is_directory(data_root() / "denoise/set12_gray")) {
    GTEST_SKIP() << "skipped: the data sets are not below " << data_root();
  }
  for (const char* name :
       {"set12", "bsd68", "train400", "rain100h", "real-rain", "bsd500", "rain800", "polyu"}) {
    const std::vector<Problem> problems = verify(find(name), data_root());
    EXPECT_TRUE(problems.empty()) << name << ": " << problems.front().path << " "
                                  << problems.front().detail;
  }
}

TEST(Catalogue, LoadsTheDataAtHand) {
  if (!fs::is_directory(data_root() / "denoise/set12_gray")) {
    GTEST_SKIP() << "skipped: the data sets are not below " << data_root();
  }
  const fs::path roots[] = {data_root()};
  const auto set12 = load_examples(find("set12"), roots, "test");
  ASSERT_EQ(set12.size(), 12U);
  EXPECT_EQ(set12[7].target->height, 512);
  const auto rain = load_examples(find("rain100h"), roots, "test");
  ASSERT_EQ(rain.size(), 20U);
  EXPECT_EQ(rain.front().name, "081");
  EXPECT_TRUE(rain.front().degraded.has_value());
  EXPECT_EQ(load_examples(find("rain100h"), roots, "train", {.limit = 3}).size(), 3U);
  const auto jpegs = load_examples(find("bsds500-test100"), roots, "all", {.channels = 1});
  EXPECT_EQ(jpegs.size(), 100U);
  const auto real = load_examples(find("real-rain"), roots, "all");
  EXPECT_EQ(real.size(), 21U);
  EXPECT_FALSE(real.front().target.has_value());
  EXPECT_EQ(load_examples(find("train400"), roots, "search-architecture").front().name, "test_002");
}

TEST(Overlap, IsSymmetricAndSaysHowMany) {
  const auto sentence = overlap("rain100h", "cbsd68");
  ASSERT_TRUE(sentence.has_value());
  EXPECT_NE(sentence->find("25 of the 100"), std::string::npos);
  EXPECT_EQ(overlap("cbsd68", "rain100h"), sentence);
  EXPECT_FALSE(overlap("bsds500-test100", "rain100h").has_value());
  EXPECT_TRUE(overlap("embedded-leaves", "embedded-rain-heavy-slanted").has_value());
  EXPECT_TRUE(overlap("rain800", "rain800").has_value()) << "its parts share a scene";
  EXPECT_FALSE(overlap("set12", "set12").has_value());
}

}  // namespace
}  // namespace bench::datasets
