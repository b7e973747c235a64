// Speed of what a training step or a stage waits for, on one thread. Targets: a gray batch of
// 8 x 32 x 32 with noise below 0.5 ms (its noise well below 0.3 ms), an RGB batch of 32 x 64 x 64
// in a few milliseconds, 40 scenes of 128 x 128 below 1 s.
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "datasets/dead_leaves.h"
#include "datasets/image_file.h"
#include "datasets/normal_noise.h"
#include "datasets/patch_sampler.h"
#include "datasets/rain.h"

namespace {

using namespace bench::datasets;

std::shared_ptr<const std::vector<Example>> scenes(int channels) {
  auto examples = std::make_shared<std::vector<Example>>();
  for (std::uint64_t i = 0; i < 8; ++i) {
    const Image scene = embedded_scene(1, i, 180, 180, channels);
    examples->push_back({std::to_string(i), scene, scene});
  }
  return examples;
}

void sample_batches(benchmark::State& state, int channels, const PatchOptions& options) {
  const PatchSampler sampler(scenes(channels), options);
  std::vector<float> degraded(sampler.batch_values());
  std::vector<float> target(sampler.batch_values());
  std::int64_t step = 0;
  for (auto _ : state) {
    sampler.sample(step++, degraded, target);
    benchmark::DoNotOptimize(degraded.data());
  }
}

void BM_GrayBatchOf8x32WithNoise(benchmark::State& state) {
  sample_batches(
      state, 1,
      {.patch_size = 32, .batch_size = 8, .degradation = {DegradationKind::kAwgnFloat, 50}});
}
BENCHMARK(BM_GrayBatchOf8x32WithNoise)->Unit(benchmark::kMicrosecond);

void BM_RgbBatchOf32x64WithNoise(benchmark::State& state) {
  sample_batches(state, 3,
                 {.patch_size = 64,
                  .batch_size = 32,
                  .degradation = {DegradationKind::kAwgnClipTruncate, 50}});
}
BENCHMARK(BM_RgbBatchOf32x64WithNoise)->Unit(benchmark::kMicrosecond);

void BM_RgbBatchOf32x64OfPairs(benchmark::State& state) {
  sample_batches(state, 3, {.patch_size = 64, .batch_size = 32});
}
BENCHMARK(BM_RgbBatchOf32x64OfPairs)->Unit(benchmark::kMicrosecond);

void BM_StandardNormal8192(benchmark::State& state) {
  bench::randomness::Stream stream(1, "benchmark");
  std::vector<float> values(8 * 32 * 32);
  for (auto _ : state) {
    fill_standard_normal(stream, values);
    benchmark::DoNotOptimize(values.data());
  }
}
BENCHMARK(BM_StandardNormal8192)->Unit(benchmark::kMicrosecond);

void BM_EmbeddedScene128(benchmark::State& state) {
  std::uint64_t index = 0;
  for (auto _ : state) benchmark::DoNotOptimize(embedded_scene(1, index++ % 40, 128, 128, 3));
}
BENCHMARK(BM_EmbeddedScene128)->Unit(benchmark::kMillisecond);

void BM_HeavyRainOn128(benchmark::State& state) {
  const Image clean = embedded_scene(1, 1, 128, 128, 3);
  bench::randomness::Stream stream(1, "benchmark");
  const RainFamily& family = find_rain_family("heavy-slanted");
  for (auto _ : state) benchmark::DoNotOptimize(add_rain(clean, family, stream));
}
BENCHMARK(BM_HeavyRainOn128)->Unit(benchmark::kMillisecond);

void BM_DecodePng481x321(benchmark::State& state) {
  const std::string bytes = encode_png(embedded_scene(1, 1, 321, 481, 3));
  for (auto _ : state) benchmark::DoNotOptimize(decode_image(bytes, "benchmark"));
}
BENCHMARK(BM_DecodePng481x321)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
