#include "reports/chart_library.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

constexpr const char* kModules[] = {
    "vega-util",       "vega-time",           "vega-format",
    "vega-loader",     "vega-dataflow",       "vega-canvas",
    "vega-scale",      "vega-scenegraph",     "vega-statistics",
    "vega-expression", "vega-selection",      "vega-functions",
    "vega-runtime",    "vega-event-selector", "vega-view",
    "vega-parser",     "vega-transforms",     "vega-view-transforms",
    "vega-encode",     "vega-interpreter"};

/// A folder laid out as libjs-vega's, whose modules hold `text`.
std::filesystem::path made_up_library(const std::string& name, const std::string& text) {
  const auto folder = empty_folder(name);
  for (const auto* module : kModules) {
    std::ofstream(folder / (std::string(module) + ".min.js")) << text;
  }
  return folder;
}

TEST(ChartLibrary, IsPutTogetherFromTheFirstWholeFolder) {
  const auto broken = made_up_library("library_broken", "broken();");
  std::filesystem::remove(broken / "vega-parser.min.js");
  const auto whole = made_up_library("library", "whole();\n//# sourceMappingURL=x.map\n");

  const auto script = chart_library({"/no/such/folder", broken, whole});

  EXPECT_NE(script.find("whole();"), std::string::npos);
  EXPECT_EQ(script.find("broken();"), std::string::npos);
  EXPECT_EQ(script.find("sourceMappingURL"), std::string::npos);
}

TEST(ChartLibrary, IsEmptyWhereNothingIsInstalled) {
  EXPECT_EQ(chart_library({}), "");
  EXPECT_EQ(chart_library({"/no/such/folder"}), "");
}

TEST(ChartLibrary, IsRefusedIfItWouldEndItsElement) {
  EXPECT_EQ(chart_library({made_up_library("library_end", "x='</script>'")}), "");
}

}  // namespace
}  // namespace bench::reports
