// How long a report of 200 cells x 100 images takes to write, and its page to open in Chromium.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "reports/sections/make_document.h"
#include "reports/write_report.h"
#include "tests/reports/browser.h"
#include "tests/reports/study_fixture.h"

namespace bench::reports {
namespace {

constexpr int kContestants = 20, kTasks = 10, kImages = 100;  // 200 cells

/// Tables, tests of every pair and figures, from the recorded numbers.
void make_large_document(benchmark::State& state) {
  const auto study = large_study(kContestants, kTasks, kImages);
  for (auto _ : state) benchmark::DoNotOptimize(make_document(study));
}
BENCHMARK(make_large_document)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The same, and all outputs on the disk: HTML, LaTeX, Markdown, CSV, JSON, figures.
void write_large_report(benchmark::State& state) {
  const auto study = large_study(kContestants, kTasks, kImages);
  const auto folder = empty_folder("benchmark_write");
  for (auto _ : state) write_report(study, folder);
  state.counters["page_bytes"] =
      static_cast<double>(std::filesystem::file_size(folder / "index.html"));
}
BENCHMARK(write_large_report)->Unit(benchmark::kMillisecond)->UseRealTime();

/// From the request for the page to the end of its load event, as the browser itself counts: all
/// tables laid out, all scripts run. The start of the browser is not in it.
void open_large_page(benchmark::State& state) {
  if (!has_program("chromium")) {
    state.SkipWithError("chromium is not installed");
    return;
  }
  const auto folder = empty_folder("benchmark_open");
  write_report(large_study(kContestants, kTasks, kImages), folder / "report");
  Browser browser(folder / "profile");
  for (auto _ : state) {
    browser.open(folder / "report" / "index.html");
    const double ms =
        browser.value_of("performance.getEntriesByType('navigation')[0].loadEventEnd");
    state.SetIterationTime(ms / 1000);
  }
}
BENCHMARK(open_large_page)->Unit(benchmark::kMillisecond)->UseManualTime();

}  // namespace
}  // namespace bench::reports

BENCHMARK_MAIN();
