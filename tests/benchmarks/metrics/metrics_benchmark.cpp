// Time of one metric of one 1920 x 1080 RGB 8-bit pair in memory, one thread. Run by
//   build/PRESET/tests/benchmarks/metrics/metrics_benchmark --benchmark_repetitions=9
// and read the medians; compare_scikit_image.py times scikit-image on the same pair.
#include <benchmark/benchmark.h>

#include <array>
#include <string>

#include "image_pair.h"
#include "metrics/mae.h"
#include "metrics/ms_ssim.h"
#include "metrics/psnr.h"
#include "metrics/sample_errors.h"
#include "metrics/ssim.h"
#include "metrics/ssim_plane.h"

namespace bench::metrics {
namespace {

const ImagePair& pair() {
  static const ImagePair made = full_hd_pair();
  return made;
}

/// Runs `metric(restored, target)` and notes its value, so that a fast wrong one is seen.
template <typename Metric>
void time_metric(benchmark::State& state, Metric metric) {
  const auto restored = pair().restored.view(), target = pair().target.view();
  double value = 0.0;
  for (auto _ : state) benchmark::DoNotOptimize(value = metric(restored, target));
  state.counters["value"] = value;
}

void psnr(benchmark::State& state) {
  time_metric(state, [](const ByteImage& x, const ByteImage& y) { return psnr_db(x, y); });
}

void mean_absolute_error(benchmark::State& state) {
  time_metric(state,
              [](const ByteImage& x, const ByteImage& y) { return mean_absolute_error(x, y); });
}

void ssim_options(benchmark::State& state, const SsimOptions& options) {
  time_metric(state, [&](const ByteImage& x, const ByteImage& y) { return ssim(x, y, options); });
}

void ms_ssim_precision(benchmark::State& state, Precision precision) {
  time_metric(state,
              [&](const ByteImage& x, const ByteImage& y) { return ms_ssim(x, y, precision); });
}

template <typename Real>
void ssim_instruction_set(benchmark::State& state, InstructionSet set) {
  const SsimTerms terms{.luminance_constant = 2.55 * 2.55, .contrast_constant = 7.65 * 7.65};
  time_metric(state, [&](const ByteImage& x, const ByteImage& y) {
    double total = 0.0;
    for (std::size_t start = 0; start < x.samples.size(); start += x.samples.size() / 3) {
      total += mean_ssim_of_plane<Real>(
          SsimPlanes<std::uint8_t>{x.samples.data() + start, y.samples.data() + start, x.height,
                                   x.width},
          terms, set);
    }
    return total / 3.0;
  });
}

void register_instruction_sets() {
  const std::array<const char*, 2> names{"baseline", "avx2"};
  for (const auto set : available_instruction_sets()) {
    const std::string name = names[static_cast<std::size_t>(set)];
    benchmark::RegisterBenchmark(("ssim/float32/" + name).c_str(), ssim_instruction_set<float>, set)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("ssim/double/" + name).c_str(), ssim_instruction_set<double>, set)
        ->Unit(benchmark::kMillisecond);
  }
}

BENCHMARK(psnr)->Unit(benchmark::kMillisecond);
BENCHMARK(mean_absolute_error)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ssim_options, gaussian11_double, {})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ssim_options, gaussian11_float32, {.precision = Precision::kFloat})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ssim_options, zero_padded_double, {.padding = Padding::kZero})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ssim_options, uniform7_double,
                  {.window = Window::kUniform7, .covariance = Covariance::kSample})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ms_ssim_precision, double, Precision::kDouble)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ms_ssim_precision, float32, Precision::kFloat)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench::metrics

int main(int argc, char** argv) {
  bench::metrics::register_instruction_sets();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
