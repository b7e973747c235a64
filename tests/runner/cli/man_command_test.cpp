#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include "tests/end_to_end/program.h"
#include "tests/temporary_folder.h"

/// The pages are set by groff, which names whatever it cannot set.
namespace bench::runner {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Words = std::vector<std::string>;

class ManPage : public testing::Test {
 protected:
  std::string said(const Words& words, int exit_code = 0) const {
    const auto ended = end_to_end::Program(words, folder_.path() / "said").wait();
    EXPECT_EQ(ended.exit_code, exit_code) << ended.output;
    return ended.output;
  }

  /// The page as text, and every warning of groff.
  std::string set(const std::filesystem::path& page) const {
    const std::string line = "groff -man -Tascii -ww -P-c -P-b -P-u '" + page.string() + "' >'" +
                             (folder_.path() / "text").string() + "' 2>&1";
    EXPECT_EQ(std::system(line.c_str()), 0) << page;
    return end_to_end::text_of(folder_.path() / "text");
  }

  const tests::TemporaryFolder folder_;
};

TEST_F(ManPage, OfEachCommandIsSetWithoutAWarning) {
  if (std::system("command -v groff >/dev/null") != 0) {
    GTEST_SKIP() << "groff is not installed: man pages are not set";
  }
  const auto pages = folder_.path() / "pages";
  said({"man", "--output", pages.string()});
  int count = 0;
  for (const auto& page : std::filesystem::directory_iterator(pages)) {
    const auto text = set(page.path());
    EXPECT_EQ(text.find("warning"), std::string::npos) << text;
    EXPECT_EQ(text.find("error:"), std::string::npos) << text;
    EXPECT_THAT(text, AllOf(HasSubstr("NAME"), HasSubstr("EXIT STATUS"))) << page;
    ++count;
  }
  EXPECT_GT(count, 15);
  const auto run = set(pages / "bench-run.1");
  EXPECT_THAT(run, AllOf(HasSubstr("--checkpoint-every VALUE"), HasSubstr("EXPERIMENT"),
                         HasSubstr("130 inter")));
  EXPECT_THAT(set(pages / "bench-data.1"), HasSubstr("bench data fetch"));
  EXPECT_THAT(set(pages / "bench-gate.1"), HasSubstr("bench gate cost"));
}

TEST_F(ManPage, IsPrintedToo) {
  EXPECT_THAT(said({"man"}), HasSubstr(".TH BENCH 1"));
  EXPECT_THAT(said({"man", "run"}), HasSubstr(".TH BENCH\\-RUN 1"));
  EXPECT_THAT(said({"man", "rnu"}, 2), HasSubstr("did you mean \"run\"?"));
}

}  // namespace
}  // namespace bench::runner
