#include <gtest/gtest.h>

#include <cstdlib>

#include "reports/chart_library.h"
#include "reports/write_report.h"
#include "tests/reports/browser.h"
#include "tests/reports/study_fixture.h"

/// Reports opened by the programs that people open them with. Each test is left out, with its
/// name, where the program is not installed.
namespace bench::reports {
namespace {

struct Page {
  std::string dom;
  std::string console;
};

Page opened(const std::filesystem::path& folder) {
  const auto quoted = [&folder](const std::string& name) {
    return "'" + (folder / name).string() + "'";
  };
  const std::string command =
      "timeout 100 chromium --headless --no-sandbox --disable-gpu --no-first-run "
      "--enable-logging=stderr --virtual-time-budget=15000 --window-size=1200,9000 "
      "--user-data-dir=" +
      quoted("profile") + " --dump-dom 'file://" + (folder / "report" / "index.html").string() +
      "' > " + quoted("dom.html") + " 2> " + quoted("console.txt");
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  std::filesystem::remove_all(folder / "profile");
  return {content_of(folder / "dom.html"), content_of(folder / "console.txt")};
}

std::string console_lines(const std::string& log) {
  std::string lines;
  for (auto at = log.find(":CONSOLE"); at != std::string::npos; at = log.find(":CONSOLE", at + 1)) {
    lines += log.substr(at, log.find('\n', at) - at) + "\n";
  }
  return lines;
}

void expect_compiles(const std::filesystem::path& report) {
  // Twice: the second time labels are known. No shell escape, and stop at the first error.
  const std::string command = "cd '" + report.string() +
                              "' && for i in 1 2; do timeout 200 pdflatex -no-shell-escape "
                              "-interaction=nonstopmode -halt-on-error report.tex > tex.out 2>&1 "
                              "|| exit 1; done";
  EXPECT_EQ(std::system(command.c_str()), 0) << content_of(report / "tex.out");
  EXPECT_TRUE(std::filesystem::exists(report / "report.pdf"));
}

TEST(Chromium, OpensThePageWithoutAWordOnTheConsole) {
  if (!has_program("chromium")) GTEST_SKIP() << "chromium is not installed: page not opened";
  const auto folder = empty_folder("chromium");
  auto study = made_up_study();
  add_images(study, folder);
  write_report(study, folder / "report");
  const auto page = opened(folder);
  EXPECT_EQ(console_lines(page.console), "");
  // The scripts ran: tables have their tools, images their slider.
  EXPECT_NE(page.dom.find("Copy as LaTeX</button>"), std::string::npos);
  EXPECT_NE(page.dom.find("aria-label=\"Where the two images meet\""), std::string::npos);
  // Nothing in the finished page names another place.
  for (const char* reference : {"src=\"http", "href=\"http", "url(http", "@import"}) {
    EXPECT_EQ(page.dom.find(reference), std::string::npos) << reference;
  }
}

TEST(Chromium, DrawsLivingChartsWhereTheLibraryIsInstalled) {
  if (!has_program("chromium")) GTEST_SKIP() << "chromium is not installed: page not opened";
  if (chart_library(usual_chart_library_folders()).empty()) {
    GTEST_SKIP() << "libjs-vega is not installed: charts stand still";
  }
  const auto folder = empty_folder("chromium_charts");
  write_report(made_up_study(), folder / "report");
  const auto page = opened(folder);
  EXPECT_NE(page.dom.find("chart enhanced"), std::string::npos);
  EXPECT_NE(page.dom.find("role-axis-label"), std::string::npos);
}

TEST(Chromium, OpensThePageWithoutTheChartLibrary) {
  if (!has_program("chromium")) GTEST_SKIP() << "chromium is not installed: page not opened";
  const auto folder = empty_folder("chromium_still");
  write_report(made_up_study(), folder / "report", {.chart_library_folders = {}});
  const auto page = opened(folder);
  EXPECT_EQ(console_lines(page.console), "");
  EXPECT_EQ(page.dom.find("chart enhanced"), std::string::npos);
  EXPECT_NE(page.dom.find("<svg class=\"chart\""), std::string::npos);
}

TEST(Chromium, IsNotMovedByHostileNames) {
  if (!has_program("chromium")) GTEST_SKIP() << "chromium is not installed: page not opened";
  const auto folder = empty_folder("chromium_hostile");
  auto study = made_up_study();
  rename_everything(study, hostile_name());
  write_report(study, folder / "report");
  const auto page = opened(folder);
  // A policy that had to stop something would say so on the console.
  EXPECT_EQ(console_lines(page.console), "");
  EXPECT_EQ(page.dom.find("<script>alert"), std::string::npos);
  EXPECT_EQ(page.dom.find("<img src=\"x\""), std::string::npos);
}

TEST(Pdflatex, CompilesTheReport) {
  if (!has_program("pdflatex"))
    GTEST_SKIP() << "pdflatex is not installed: report.tex not compiled";
  const auto folder = empty_folder("latex");
  auto study = made_up_study();
  add_images(study, folder);
  write_report(study, folder / "report");
  expect_compiles(folder / "report");
}

TEST(Lualatex, ShowsTheCommandAsItWasTyped) {
  if (!has_program("lualatex") || !has_program("pdftotext")) {
    GTEST_SKIP() << "lualatex or pdftotext is not installed: report.tex not compiled";
  }
  const auto folder = empty_folder("lualatex");
  Study study;
  study.title = "Größe Łódź";
  study.command = "bench run x.json --seeds 1";
  write_report(study, folder / "report");
  const std::string command =
      "cd '" + (folder / "report").string() +
      "' && timeout 200 lualatex -no-shell-escape -interaction=nonstopmode -halt-on-error "
      "report.tex > tex.out 2>&1 && pdftotext -layout report.pdf report.txt";
  ASSERT_EQ(std::system(command.c_str()), 0) << content_of(folder / "report" / "tex.out");
  const auto text = content_of(folder / "report" / "report.txt");
  EXPECT_NE(text.find("--seeds 1"), std::string::npos) << text;
  // Its accents may come back as letters with combining marks; what it lacks is shown as U+XXXX.
  EXPECT_EQ(text.find("U+"), std::string::npos) << text;
}

TEST(Pdflatex, CompilesHostileNames) {
  if (!has_program("pdflatex"))
    GTEST_SKIP() << "pdflatex is not installed: report.tex not compiled";
  const auto folder = empty_folder("latex_hostile");
  auto study = made_up_study();
  rename_everything(study, hostile_name());
  write_report(study, folder / "report");
  expect_compiles(folder / "report");
}

}  // namespace
}  // namespace bench::reports
