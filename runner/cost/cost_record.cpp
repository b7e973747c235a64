#include "runner/cost/cost_record.h"

namespace bench::runner {
namespace {

std::optional<std::int64_t> count(const exchange::StageResult& result, const std::string& name) {
  for (const auto& quantity : result.quantities) {
    if (quantity.name == name) return static_cast<std::int64_t>(quantity.value);
  }
  return std::nullopt;
}

}  // namespace

metrics::ComplexityRecord cost_record(const exchange::CostStage& settings,
                                      const exchange::StageResult& result) {
  metrics::ComplexityRecord record{
      .conditions = {settings.height, settings.width, settings.channels, settings.batch,
                     settings.machine.threads, text::name_of(settings.machine.device),
                     text::name_of(settings.machine.precision),
                     text::name_of(settings.machine.layout), settings.step},
      .parameters = count(result, metrics::kParameters),
      .macs = count(result, metrics::kMacs),
      .activation_bytes = count(result, metrics::kActivationBytes),
      .peak_memory_bytes = count(result, metrics::kPeakMemoryBytes),
      .images = count(result, metrics::kImages)};
  for (const auto& quantity : result.quantities) {
    if (quantity.name == metrics::kLatencyMs) record.latency_ms.push_back(quantity.value);
  }
  return record;
}

}  // namespace bench::runner
