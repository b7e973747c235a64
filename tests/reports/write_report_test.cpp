#include "reports/write_report.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>

#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

std::set<std::string> files_below(const std::filesystem::path& folder) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.insert(std::filesystem::relative(entry, folder).string());
  }
  return files;
}

TEST(WriteReport, GivesAllItsFiles) {
  const auto folder = empty_folder("complete");
  auto study = made_up_study();
  add_images(study, folder);
  write_report(study, folder / "report");

  const auto files = files_below(folder / "report");
  for (const char* file : {"index.html", "report.tex", "preamble.tex", "report.md", "scores.csv",
                           "results.json", "tables/table-scores-1.tex", "tables/table-scores-1.csv",
                           "figures/figure-transfer-1-map.svg"}) {
    EXPECT_EQ(files.count(file), 1U) << file;
  }
  for (const auto& file : files) EXPECT_FALSE(file.ends_with(".part")) << file;
}

TEST(WriteReport, OfTheSameStudyIsTheSameByteForByte) {
  const auto folder = empty_folder("twice");
  auto study = made_up_study();
  add_images(study, folder);
  write_report(study, folder / "first");
  write_report(study, folder / "second");

  const auto files = files_below(folder / "first");
  EXPECT_EQ(files, files_below(folder / "second"));
  for (const auto& file : files) {
    EXPECT_EQ(content_of(folder / "first" / file), content_of(folder / "second" / file)) << file;
  }
}

TEST(WriteReport, WritesOnlyFilesThatAreNotAsTheyShouldBe) {
  const auto folder = empty_folder("again");
  const auto study = made_up_study();
  write_report(study, folder);
  const auto untouched = folder / "report.tex", spoilt = folder / "report.md";
  const auto markdown = content_of(spoilt);
  const std::filesystem::file_time_type long_ago{};
  std::filesystem::last_write_time(untouched, long_ago);
  std::ofstream(spoilt) << std::string(markdown.size(), '?');

  write_report(study, folder);
  EXPECT_EQ(std::filesystem::last_write_time(untouched), long_ago);
  EXPECT_EQ(content_of(spoilt), markdown);
}

TEST(WriteReport, RemovesWhatOnlyTheEarlierReportHad) {
  const auto folder = empty_folder("stale");
  auto study = made_up_study();
  std::filesystem::create_directories(folder / "stored");
  add_images(study, folder / "stored");
  write_report(study, folder / "report");
  const auto earlier = files_below(folder / "report");
  std::ofstream(folder / "report" / "notes.txt") << "mine";
  std::ofstream(folder / "report" / "tables" / "mine.tex") << "mine";
  std::ofstream(folder / "report" / "tables" / "table-scores-1.csv") << "changed by hand";

  write_report(Study{}, folder / "report");
  auto expected = [&] {
    write_report(Study{}, folder / "fresh");
    return files_below(folder / "fresh");
  }();
  ASSERT_LT(expected.size(), earlier.size());
  expected.insert({"notes.txt", "tables/mine.tex", "tables/table-scores-1.csv"});
  EXPECT_EQ(files_below(folder / "report"), expected);
  EXPECT_FALSE(std::filesystem::exists(folder / "report" / "figures"));
}

TEST(WriteReport, RemovesNothingOutsideItsFolder) {
  const auto folder = empty_folder("outside");
  std::ofstream(folder / "precious") << "x";
  std::filesystem::create_directory(folder / "report");
  const std::string sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
  std::ofstream(folder / "report" / "files.sha256")
      << sha256 << "  ../precious\n"
      << sha256 << "  " << (folder / "precious").string() << "\n";
  write_report(Study{}, folder / "report");
  EXPECT_TRUE(std::filesystem::exists(folder / "precious"));
}

TEST(WriteReport, OfAnEmptyStudyIsAReport) {
  const auto folder = empty_folder("empty");
  write_report(Study{}, folder);
  EXPECT_NE(content_of(folder / "index.html").find("<main"), std::string::npos);
}

TEST(WriteReport, NamesTheFolderThatCannotBeMade) {
  const auto folder = empty_folder("blocked");
  const auto file = folder / "file";
  write_report(Study{}, folder / "report");
  std::filesystem::copy_file(folder / "report" / "report.md", file);
  try {
    write_report(Study{}, file);
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos) << error.what();
  }
}

TEST(WriteReport, SaysWhereAnImageIsNotThere) {
  const auto folder = empty_folder("no_image");
  auto study = made_up_study();
  add_images(study, folder);
  for (auto& image : study.images) image.file = (folder / "gone.png").string();
  write_report(study, folder / "report");
  EXPECT_NE(content_of(folder / "report" / "index.html").find("image not stored"),
            std::string::npos);
}

TEST(WriteReport, OfTwoHundredCellsStaysUnderFiveMegabytes) {
  const auto folder = empty_folder("large");
  write_report(large_study(20, 10, 100), folder);
  EXPECT_LE(std::filesystem::file_size(folder / "index.html"), 5'000'000U);
}

}  // namespace
}  // namespace bench::reports
