// Each fault as whoever types the command meets it: refused whole, or counted and listed.
#include <gtest/gtest.h>

#include "image_folders.h"
#include "metrics/scoring/render.h"
#include "metrics/scoring/score_sheet.h"
#include "tests/message_of.h"

namespace bench::scoring {
namespace {

namespace fs = std::filesystem;

fs::path stored(const std::string& name) {
  return fs::path(BENCH_SOURCE_DIR) / "tests/reference/images" / name;
}

/// One good pair, and whatever the test makes wrong.
class Faults : public testing::Test {
 protected:
  Faults() { folders_.add_pair("good", 5); }

  ScoreSheet sheet(bool skip_bad) const {
    return make_score_sheet({.reference = folders_.reference(),
                             .restored = folders_.restored(),
                             .skip_bad = skip_bad,
                             .threads = 2});
  }

  void expect_fault(FaultKind kind, const std::string& file, const std::string& reason) const {
    const auto message = tests::message_of<ScoringError>([&] { sheet(/*skip_bad=*/false); });
    EXPECT_NE(message.find("1 image cannot be scored"), std::string::npos) << message;
    EXPECT_NE(message.find(file), std::string::npos) << message;
    EXPECT_NE(message.find(reason), std::string::npos) << message;
    const auto skipping = sheet(/*skip_bad=*/true);
    ASSERT_EQ(skipping.pairs.size(), 1U);
    EXPECT_EQ(skipping.summaries.at(0).n, 1U);
    ASSERT_EQ(skipping.skipped.size(), 1U);
    EXPECT_EQ(skipping.skipped[0].kind, kind);
    EXPECT_NE(table_text(skipping).find("skipped 1, scored 1:"), std::string::npos);
  }

  ImageFolders folders_;
};

TEST_F(Faults, Unpaired) {
  fs::copy_file(folders_.reference() / "good.png", folders_.restored() / "lonely.png");
  expect_fault(FaultKind::kUnpaired, "restored/lonely.png", "reference image named lonely");
}

TEST_F(Faults, Ambiguous) {
  folders_.add_pair("a", 2);
  write_bytes(folders_.reference() / "a.jpg", "");
  expect_fault(FaultKind::kAmbiguous, "reference/a.jpg", "expected one file named a, found 2");
}

TEST_F(Faults, UnsupportedFormat) {
  write_bytes(folders_.restored() / "a.tif", "II*");
  expect_fault(FaultKind::kUnsupported, "restored/a.tif", "expected PNG or JPEG, found .tif");
}

TEST_F(Faults, Truncated) {
  folders_.add_pair("cut", 2);
  const auto file = folders_.restored() / "cut.png";
  fs::resize_file(file, fs::file_size(file) / 2);
  expect_fault(FaultKind::kUnreadable, "restored/cut.png", "the PNG file is damaged");
}

TEST_F(Faults, Empty) {
  folders_.add_pair("none", 2);
  write_bytes(folders_.reference() / "none.png", "");
  expect_fault(FaultKind::kUnreadable, "reference/none.png", "found 0 bytes");
}

TEST_F(Faults, NotAnImage) {
  folders_.add_pair("text", 2);
  write_bytes(folders_.restored() / "text.png", "<html>404</html>");
  expect_fault(FaultKind::kUnreadable, "restored/text.png", "expected a PNG or JPEG file");
}

TEST_F(Faults, LinkThatLeadsNowhere) {
  folders_.add_pair("link", 2);
  fs::remove(folders_.restored() / "link.png");
  fs::create_symlink("nowhere.png", folders_.restored() / "link.png");
  expect_fault(FaultKind::kUnreadable, "restored/link.png", "file not found");
}

TEST_F(Faults, UnlikeSizes) {
  folders_.add_pair("size", 2);
  datasets::write_png(folders_.restored() / "size.png", ImageFolders::image(1, 31, 1));
  expect_fault(FaultKind::kUnlikeSizes, "restored/size.png", "31x31");
}

TEST_F(Faults, GrayAgainstRgb) {
  folders_.add_pair("gray", 2);
  datasets::write_png(folders_.restored() / "gray.png", ImageFolders::image(1, 32, 3));
  expect_fault(FaultKind::kUnlikeSizes, "restored/gray.png", "8-bit RGB");
}

TEST_F(Faults, SmallerThanTheWindow) {
  folders_.add_pair("dot", 2, /*side=*/1);
  expect_fault(FaultKind::kTooSmall, "restored/dot.png", "11");
}

TEST_F(Faults, AlphaAndSixteenBitsUnlessAskedFor) {
  for (const char* name : {"rgba.png", "rgb16.png"}) {
    fs::copy_file(stored(name), folders_.reference() / name);
    fs::copy_file(stored(name), folders_.restored() / name);
  }
  const auto refused = sheet(/*skip_bad=*/true);
  ASSERT_EQ(refused.skipped.size(), 2U);
  EXPECT_NE(refused.skipped[0].message.find("found PNG, 17x13"), std::string::npos);
  const auto taken =
      make_score_sheet({.reference = folders_.reference(),
                        .restored = folders_.restored(),
                        .read = {.alpha = datasets::AlphaPolicy::kDrop,
                                 .sixteen_bit = datasets::SixteenBitPolicy::kRound}});
  EXPECT_EQ(taken.pairs.size(), 3U);
  std::string notes;
  for (const auto& note : taken.notes) notes += note + "\n";
  EXPECT_NE(notes.find("2 files of 16 bits were rounded to 8"), std::string::npos) << notes;
  EXPECT_NE(notes.find("2 files have an alpha channel"), std::string::npos) << notes;
}

TEST_F(Faults, AllAreToldAtOnce) {
  for (int i = 0; i < 30; ++i) {
    write_bytes(folders_.reference() / (std::to_string(i) + ".png"), "?");
    write_bytes(folders_.restored() / (std::to_string(i) + ".png"), "?");
  }
  const auto message = tests::message_of<ScoringError>([&] { sheet(/*skip_bad=*/false); });
  EXPECT_NE(message.find("30 images cannot be scored"), std::string::npos) << message;
  EXPECT_NE(message.find("and 10 more"), std::string::npos) << message;
}

TEST_F(Faults, ThatNeedNoReadingAreToldBeforeIt) {
  fs::copy_file(folders_.reference() / "good.png", folders_.restored() / "lonely.png");
  EXPECT_THROW(make_score_sheet({.reference = folders_.reference(),
                                 .restored = folders_.restored(),
                                 .progressed = [](std::size_t, std::size_t) { FAIL(); }}),
               ScoringError);
}

TEST_F(Faults, NothingLeftIsNoScore) {
  const ImageFolders& folders = folders_;
  write_bytes(folders.restored() / "good.png", "");
  const auto nothing = sheet(/*skip_bad=*/true);
  EXPECT_TRUE(nothing.pairs.empty());
  EXPECT_TRUE(nothing.summaries.empty());
  EXPECT_EQ(table_text(nothing).find("mean"), std::string::npos);
}

TEST_F(Faults, PathsThatCannotBeScored) {
  const auto message = [&](const fs::path& reference, const fs::path& restored) {
    return tests::message_of<ScoringError>(
        [&] { make_score_sheet({.reference = reference, .restored = restored}); });
  };
  const auto file = folders_.restored() / "good.png";
  EXPECT_NE(message("no/such", folders_.restored()).find("--reference no/such: expected"),
            std::string::npos);
  EXPECT_NE(message(folders_.reference(), file).find("expected two folders or two files"),
            std::string::npos);
  const auto empty = folders_.restored() / "empty";
  fs::create_directory(empty);
  EXPECT_NE(message(folders_.reference(), empty).find("expected .png, .jpg or .jpeg files"),
            std::string::npos);
}

TEST_F(Faults, NamesDoNotSteerTheTerminal) {
  fs::copy_file(folders_.reference() / "good.png", folders_.restored() / "a\x1b[31m.png");
  const auto message = tests::message_of<ScoringError>([&] { sheet(/*skip_bad=*/false); });
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
  EXPECT_NE(message.find("a\\x1b[31m.png"), std::string::npos) << message;
}

}  // namespace
}  // namespace bench::scoring
