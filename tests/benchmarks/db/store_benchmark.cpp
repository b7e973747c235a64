// How fast the run database writes, lists and opens. Wall time throughout: it is the disk that
// counts. "Buffered" and "durable" figures are of different things and never to be compared.
#include <benchmark/benchmark.h>

#include "db/run_reader.h"
#include "db/run_store.h"
#include "stages/exchange/events.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

/// One stage with a long curve in one transaction: rows per second buffered.
void record_long_curve(benchmark::State& state) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  const auto curve = long_curve(static_cast<int>(state.range(0)));
  int number = 0;
  for (auto _ : state) store.record_stage(example_stage(number++), curve);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(record_long_curve)->Arg(1'000)->Arg(100'000)->UseRealTime();

/// A stage tells its points: each is handed to the operating system before the call returns.
void write_points_as_events(benchmark::State& state) {
  const ScratchFolder folder;
  exchange::EventWriter events(folder.file().parent_path());
  std::int64_t step = 0;
  for (auto _ : state) {
    ++step;
    events.point({"loss", step, 1.0 / static_cast<double>(step)});
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(write_points_as_events)->UseRealTime();

/// The way of points from the events of a stage into the database.
void record_points_of_events(benchmark::State& state) {
  constexpr int kPoints = 200'000;
  const ScratchFolder folder;
  const auto stage_folder = folder.file().parent_path();
  exchange::EventWriter events(stage_folder);
  for (int step = 1; step <= kPoints; ++step) events.point({"loss", step, 1.0 / step});
  RunStore store(folder.file());
  int number = 0;
  for (auto _ : state) {
    StageMeasurements curve;
    for (auto& point : exchange::read_events(stage_folder).points) {
      curve.points.push_back({"", std::move(point.series), point.step, point.value});
    }
    store.record_stage(example_stage(number++), curve);
  }
  state.SetItemsProcessed(state.iterations() * kPoints);
}
BENCHMARK(record_points_of_events)->UseRealTime();

/// Per-image scores of ten protocols in one transaction: rows per second buffered.
void record_scores(benchmark::State& state) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  StageMeasurements measurements;
  for (int protocol = 0; protocol < 10; ++protocol) {
    for (int image = 0; image < 100; ++image) {
      measurements.scores.push_back({"", "Rain100H", "rain-" + std::to_string(image) + ".png",
                                     "psnr{space=rgb," + std::to_string(protocol) + "}", 28.7});
    }
  }
  int number = 0;
  for (auto _ : state) store.record_stage(example_stage(number++), measurements);
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(record_scores)->UseRealTime();

/// One small stage per transaction, as a rebuild does (synchronous NORMAL): stages per second.
void record_small_stage(benchmark::State& state) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  const auto measurements = long_curve(5);
  int number = 0;
  for (auto _ : state) store.record_stage(example_stage(number++), measurements);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(record_small_stage)->UseRealTime();

/// One change of state per transaction, on the disk before the next (FULL): rows durable.
void set_stage_state(benchmark::State& state) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  auto plan = example_plan("r1", 200, StageState::kQueued);
  store.begin_run(example_run("r1", "2026-05-01T12:00:00Z"), plan);
  std::size_t position = 0;
  for (auto _ : state) store.set_stage_state(plan[position++ % plan.size()]);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(set_stage_state)->UseRealTime();

/// A run of 200 cached stages: all that the database has to do when nothing is to be done.
void begin_and_finish_cached_run(benchmark::State& state) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  const auto plan = example_plan("r1", 200, StageState::kCached);
  std::vector<std::string> keys;
  for (const auto& stage : plan) keys.push_back(stage.key);
  for (int i = 0; i < 200; ++i) store.record_stage(example_stage(i), example_measurements(i));
  const RunReader reader(folder.file());
  for (auto _ : state) {
    benchmark::DoNotOptimize(reader.done_keys(keys));
    store.begin_run(example_run("r1", "2026-05-01T12:00:00Z"), plan);
    store.finish_run("r1", RunState::kDone, "2026-05-01T12:00:01Z");
  }
}
BENCHMARK(begin_and_finish_cached_run)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Opening the database and reading the first page of `range` runs of 20 stages.
void open_and_list(benchmark::State& state) {
  const ScratchFolder folder;
  {
    RunStore store(folder.file());
    for (int i = 0; i < state.range(0); ++i) {
      const auto id = "run-" + std::to_string(i);
      auto run = example_run(id, "2026-05-01T" + std::to_string(1'000'000 + i));
      run.experiment_text = std::string(5'000, ' ');
      store.begin_run(run, example_plan(id, 20, StageState::kDone));
    }
  }
  for (auto _ : state) {
    const RunReader reader(folder.file());
    benchmark::DoNotOptimize(reader.runs());
  }
}
BENCHMARK(open_and_list)
    ->Arg(1)
    ->Arg(100)
    ->Arg(10'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Reading back the scores of a report: 200 stages of 100 images and two protocols.
void read_scores(benchmark::State& state) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  std::vector<std::string> keys;
  for (int number = 0; number < 200; ++number) {
    StageMeasurements measurements;
    for (int row = 0; row < 200; ++row) {
      measurements.scores.push_back({"", "Rain100H", "rain-" + std::to_string(row / 2) + ".png",
                                     row % 2 == 0 ? "psnr{space=rgb}" : "ssim{space=y}", 28.7});
    }
    store.record_stage(example_stage(number), measurements);
    keys.push_back(example_key(number));
  }
  const RunReader reader(folder.file());
  for (auto _ : state) benchmark::DoNotOptimize(reader.scores(keys));
  state.SetItemsProcessed(state.iterations() * 40'000);
}
BENCHMARK(read_scores)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench::db

BENCHMARK_MAIN();
