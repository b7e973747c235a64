#include "runner/cost/cost_rounds.h"

#include <algorithm>
#include <cmath>

namespace bench::runner {
namespace {

void add_round(const metrics::ComplexityRecord& record, double yardstick,
               verdicts::CostFigures& figures) {
  const auto add_count = [&](const char* name, const std::optional<std::int64_t>& count) {
    if (count && *count > 0) figures.counts[name] = static_cast<double>(*count);
  };
  add_count(metrics::kParameters, record.parameters);
  add_count(metrics::kMacs, record.macs);
  add_count(metrics::kActivationBytes, record.activation_bytes);
  figures.rounds[verdicts::kYardstickMs].push_back(yardstick);
  if (!record.latency_ms.empty()) {
    figures.rounds[verdicts::kLatencyMs].push_back(metrics::spread_of(record.latency_ms).median);
  }
  if (record.peak_memory_bytes) {
    figures.rounds[verdicts::kPeakMemoryBytes].push_back(
        static_cast<double>(*record.peak_memory_bytes));
  }
}

bool is_whole(const std::vector<double>& values, int rounds) {
  return values.size() == static_cast<std::size_t>(rounds) &&
         std::all_of(values.begin(), values.end(), [](double value) { return value > 0.0; });
}

}  // namespace

std::optional<std::vector<verdicts::CostFigures>> cost_rounds(
    const std::vector<MeasureOnce>& sides, int rounds, const std::function<double()>& yardstick) {
  std::vector<verdicts::CostFigures> figures(sides.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t turn = 0; turn < sides.size(); ++turn) {
      const std::size_t side = round % 2 == 0 ? turn : sides.size() - 1 - turn;
      const double before = yardstick();
      const auto record = sides[side]();
      if (!record) return std::nullopt;
      add_round(*record, std::sqrt(before * yardstick()), figures[side]);
    }
  }
  for (auto& side : figures) {
    std::erase_if(side.rounds,
                  [rounds](const auto& figure) { return !is_whole(figure.second, rounds); });
  }
  return figures;
}

}  // namespace bench::runner
