#include "stages/latencies.h"

#include <benchmark/benchmark.h>

#include <exception>
#include <stdexcept>

namespace bench::stages {
namespace {

constexpr double kWarmUpSeconds = 0.1;
constexpr double kRepetitionSeconds = 0.02;

/// Keeps the times of the repetitions and prints nothing.
class TimeKeeper : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const auto& run : runs) {
      if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
      milliseconds_.push_back(1e3 * run.real_accumulated_time /
                              static_cast<double>(run.iterations));
    }
  }

  const std::vector<double>& milliseconds() const { return milliseconds_; }

 private:
  std::vector<double> milliseconds_;
};

}  // namespace

std::vector<double> call_milliseconds(const std::function<void()>& call, std::int64_t repetitions) {
  // The library does not expect exceptions: they are carried past it.
  std::exception_ptr thrown;
  benchmark::RegisterBenchmark("call",
                               [&](benchmark::State& state) {
                                 for (auto _ : state) {
                                   try {
                                     call();
                                   } catch (...) {
                                     thrown = std::current_exception();
                                     state.SkipWithError("thrown");
                                     break;
                                   }
                                 }
                               })
      ->UseRealTime()
      ->MinWarmUpTime(kWarmUpSeconds)
      ->MinTime(kRepetitionSeconds)
      ->Repetitions(static_cast<int>(repetitions));
  TimeKeeper times;
  benchmark::RunSpecifiedBenchmarks(&times);
  benchmark::ClearRegisteredBenchmarks();
  if (thrown) std::rethrow_exception(thrown);
  if (times.milliseconds().size() != static_cast<std::size_t>(repetitions)) {
    throw std::runtime_error("latency: expected " + std::to_string(repetitions) +
                             " repetitions, Google Benchmark reported " +
                             std::to_string(times.milliseconds().size()));
  }
  return times.milliseconds();
}

}  // namespace bench::stages
