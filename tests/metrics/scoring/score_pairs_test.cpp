#include "metrics/scoring/score_pairs.h"

#include <gtest/gtest.h>

#include "image_folders.h"
#include "metrics/score.h"
#include "metrics/scoring/score_sheet.h"

namespace bench::scoring {
namespace {

std::vector<PairScores> scored_with(const ImageFolders& folders, unsigned threads) {
  return make_score_sheet({.reference = folders.reference(),
                           .restored = folders.restored(),
                           .protocols = {"matlab-y", "skimage-default", "prenet"},
                           .threads = threads})
      .pairs;
}

TEST(ScorePairs, GivesTheSameToTheLastBitForAnyNumberOfThreads) {
  const ImageFolders folders;
  for (int i = 0; i < 23; ++i) folders.add_pair(std::to_string(i), i + 1, 20 + i, 3);
  const auto alone = scored_with(folders, 1);
  ASSERT_EQ(alone.size(), 23U);
  for (const unsigned threads : {2U, 3U, 16U, 100U}) {
    const auto together = scored_with(folders, threads);
    ASSERT_EQ(together.size(), alone.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
      EXPECT_EQ(together[i].pair, alone[i].pair);
      EXPECT_EQ(together[i].scores, alone[i].scores) << alone[i].pair.name;
    }
  }
}

TEST(ScorePairs, EqualsTheMetricOfTheDecodedImages) {
  const ImageFolders folders;
  folders.add_pair("a", 9, 40, 3);
  const auto sheet = make_score_sheet(
      {.reference = folders.reference(), .restored = folders.restored(), .protocols = {"kair"}});
  const auto target = ImageFolders::image(0, 40, 3);
  const auto restored = ImageFolders::image(9, 40, 3);
  ASSERT_EQ(sheet.columns.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(sheet.pairs.at(0).scores.at(i),
              metrics::score(sheet.columns[i].protocol, {3, 40, 40, restored.samples},
                             metrics::ByteImage{3, 40, 40, target.samples}));
  }
}

TEST(ScorePairs, TellsProgressOnceAPair) {
  const ImageFolders folders;
  for (int i = 0; i < 9; ++i) folders.add_pair(std::to_string(i), 3);
  std::vector<std::size_t> told;
  make_score_sheet({.reference = folders.reference(),
                    .restored = folders.restored(),
                    .threads = 3,
                    .progressed = [&](std::size_t done, std::size_t all) {
                      EXPECT_EQ(all, 9U);
                      told.push_back(done);
                    }});
  EXPECT_EQ(told, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(ScorePairs, ThrowsWhatTheProgressMeets) {
  const ImageFolders folders;
  folders.add_pair("a", 3);
  const auto columns = columns_of({});
  const std::vector<ImagePair> pairs{
      {"a", folders.reference() / "a.png", folders.restored() / "a.png"}};
  const PoolOptions options{.progressed = [](std::size_t) { throw std::runtime_error("stop"); }};
  EXPECT_THROW(score_pairs(pairs, columns, options), std::runtime_error);
}

TEST(Columns, ShareOneProtocolAndKeepTheirOrder) {
  const std::vector<std::string> names{"skimage-default", "derain-toolbox@1",
                                       "psnr(space=rgb,round=u8,crop=4)"};
  const auto columns = columns_of(names);
  ASSERT_EQ(columns.size(), 4U);  // both names mean one PSNR, and two kinds of SSIM
  EXPECT_EQ(columns[0].names, (std::vector<std::string>{"skimage-default@1", "derain-toolbox@1"}));
  EXPECT_EQ(label_of(columns, 3), "protocol 4");
  const std::vector<std::string> misspelt{"kiar"};
  EXPECT_THROW(columns_of(misspelt), metrics::InvalidProtocol);
}

}  // namespace
}  // namespace bench::scoring
