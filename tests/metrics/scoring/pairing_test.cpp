#include "metrics/scoring/pairing.h"

#include <gtest/gtest.h>

#include "image_folders.h"
#include "tests/message_of.h"

namespace bench::scoring {
namespace {

FolderListing folder(const std::string& name, std::vector<std::filesystem::path> images) {
  for (auto& image : images) image = std::filesystem::path(name) / image;
  return {name, std::move(images)};
}

TEST(Pairing, TakesEqualNamesWhateverTheirSuffix) {
  const auto pairing =
      pair_by_name(folder("r", {"b.png", "a.v2.jpg"}), folder("o", {"a.v2.PNG", "b.png"}));
  EXPECT_TRUE(pairing.faults.empty());
  EXPECT_EQ(pairing.pairs, (std::vector<ImagePair>{{"a.v2", "r/a.v2.jpg", "o/a.v2.PNG"},
                                                   {"b", "r/b.png", "o/b.png"}}));
}

TEST(Pairing, IsCaseSensitive) {
  const auto pairing = pair_by_name(folder("r", {"A.png"}), folder("o", {"a.png"}));
  EXPECT_TRUE(pairing.pairs.empty());
  EXPECT_EQ(pairing.faults.size(), 2U);
}

TEST(Pairing, NamesWhatHasNoPartnerAndWhatMayBeMeant) {
  const auto pairing =
      pair_by_name(folder("r", {"05.png", "06.png"}), folder("o", {"05_x2.png", "06.png"}));
  ASSERT_EQ(pairing.pairs.size(), 1U);
  ASSERT_EQ(pairing.faults.size(), 2U);
  EXPECT_EQ(pairing.faults[0],
            (Fault{FaultKind::kUnpaired, "05",
                   "r/05.png: there is no restored image named 05 in o. If it is 05_x2, rename it "
                   "or pass --strip with the part in which the names differ."}));
  EXPECT_EQ(pairing.faults[1].name, "05_x2");
}

TEST(Pairing, TakesNeitherOfTwoFilesOfOneName) {
  const auto pairing = pair_by_name(folder("r", {"a.png"}), folder("o", {"a.jpg", "a.png"}));
  EXPECT_TRUE(pairing.pairs.empty());
  ASSERT_EQ(pairing.faults.size(), 1U);
  EXPECT_EQ(pairing.faults[0],
            (Fault{FaultKind::kAmbiguous, "a",
                   "o/a.jpg, o/a.png: expected one file named a, found 2. Keep one of them."}));
}

TEST(Pairing, StripsWhatNamesDifferIn) {
  const PairingOptions options{.strip = {"norain-", "rain-", "_out"}};
  const auto pairing =
      pair_by_name(folder("r", {"norain-001.png"}), folder("o", {"rain-001_out.png"}), options);
  ASSERT_EQ(pairing.pairs.size(), 1U);
  EXPECT_EQ(pairing.pairs[0].name, "001");
}

TEST(Pairing, StrippingThatMakesTwoNamesOneIsAmbiguous) {
  const PairingOptions options{.strip = {"x"}};
  const auto pairing =
      pair_by_name(folder("r", {"1.png"}), folder("o", {"1.png", "1x.png"}), options);
  ASSERT_EQ(pairing.faults.size(), 1U);
  EXPECT_EQ(pairing.faults[0].kind, FaultKind::kAmbiguous);
  EXPECT_EQ(name_of("x.png", options), "x");
}

TEST(Pairing, LeavesOutWhatIsNamed) {
  const auto reference = folder("r", {"a.png", "b.png"}), restored = folder("o", {"a.png"});
  const auto pairing = pair_by_name(reference, restored, {.leave_out = {"b"}});
  EXPECT_TRUE(pairing.faults.empty());
  EXPECT_EQ(pairing.left_out, std::vector<std::string>{"b"});
  const auto message = tests::message_of<ScoringError>(
      [&] { pair_by_name(reference, restored, {.leave_out = {"c"}}); });
  EXPECT_NE(message.find("--leave-out c"), std::string::npos) << message;
}

TEST(Pairing, LeavesOutWhatIsNotRead) {
  auto restored = folder("o", {"a.png"});
  restored.unsupported = {"o/b.tif"};
  const auto reference = folder("r", {"a.png"});
  EXPECT_EQ(pair_by_name(reference, restored).faults.size(), 1U);
  EXPECT_TRUE(pair_by_name(reference, restored, {.leave_out = {"b"}}).faults.empty());
}

TEST(Pairing, ListsFoldersByWhatCanBeDone) {
  const ImageFolders folders;
  for (const char* name : {"b.PNG", "a.jpeg", "c.tif", "._b.png", "notes.txt"}) {
    write_bytes(folders.reference() / name, "");
  }
  std::filesystem::create_directory(folders.reference() / "inside.png");
  const auto listing = list_images(folders.reference());
  ASSERT_EQ(listing.images.size(), 2U);
  EXPECT_EQ(listing.images[0].filename(), "a.jpeg");
  EXPECT_EQ(listing.unsupported.size(), 1U);
  EXPECT_EQ(listing.others, 2U);
  EXPECT_EQ(listing.subfolders, 1U);
}

// A JPEG that is called otherwise is still an image of the set: without it the mean is of another.
TEST(Pairing, PassesOverNoImageForItsName) {
  const ImageFolders folders;
  folders.add_pair("a", 3);
  for (const auto& folder : {folders.reference(), folders.restored()}) {
    std::filesystem::copy_file(
        std::filesystem::path(BENCH_SOURCE_DIR) / "tests/reference/images/gray.jpg",
        folder / "b.jfif");
  }
  const auto pairing =
      pair_by_name(list_images(folders.reference()), list_images(folders.restored()));
  EXPECT_EQ(pairing.pairs.size(), 2U);
  write_bytes(folders.restored() / "c.tga", "");
  const auto with_other =
      pair_by_name(list_images(folders.reference()), list_images(folders.restored()));
  ASSERT_EQ(with_other.faults.size(), 1U);
  EXPECT_EQ(with_other.faults[0].kind, FaultKind::kUnsupported);
}

}  // namespace
}  // namespace bench::scoring
