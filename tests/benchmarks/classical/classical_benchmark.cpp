#include <benchmark/benchmark.h>

#include "baselines/classical/bm3d.h"
#include "baselines/classical/nlm.h"
#include "core/randomness/stream.h"
#include "tests/baselines/classical/images.h"

namespace bench::classical {
namespace {

FloatPlanes noisy_camera(int channels, double sigma_8bit) {
  const auto camera = read_png(reference_folder() / "camera512.png");
  randomness::Stream noise(0, "classical_benchmark");
  FloatPlanes noisy{channels, camera.height, camera.width, {}};
  for (int channel = 0; channel < channels; ++channel) {
    for (const float sample : camera.samples) {
      noisy.samples.push_back(static_cast<float>(sample + sigma_8bit / 255.0 * noise.normal()));
    }
  }
  return noisy;
}

/// Arguments: planes, sigma, threads.
void bm3d_512x512(benchmark::State& state) {
  const auto sigma_8bit = static_cast<double>(state.range(1));
  const auto noisy = noisy_camera(static_cast<int>(state.range(0)), sigma_8bit);
  const Bm3dOptions options{.threads = static_cast<int>(state.range(2))};
  for (auto _ : state) benchmark::DoNotOptimize(bm3d(noisy, sigma_8bit, options));
}

BENCHMARK(bm3d_512x512)
    ->ArgNames({"planes", "sigma", "threads"})
    ->Args({1, 25, 1})
    ->Args({1, 25, 2})
    ->Args({1, 50, 1})
    ->Args({1, 50, 2})
    ->Args({3, 25, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// Arguments as above.
void nlm_512x512(benchmark::State& state) {
  const auto sigma_8bit = static_cast<double>(state.range(1));
  const auto noisy = noisy_camera(static_cast<int>(state.range(0)), sigma_8bit);
  auto options = nlm_options_for(sigma_8bit);
  options.threads = static_cast<int>(state.range(2));
  for (auto _ : state) benchmark::DoNotOptimize(nlm(noisy, sigma_8bit, options));
}

BENCHMARK(nlm_512x512)
    ->ArgNames({"planes", "sigma", "threads"})
    ->Args({1, 25, 1})
    ->Args({1, 25, 2})
    ->Args({1, 50, 2})
    ->Args({3, 25, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace bench::classical

BENCHMARK_MAIN();
