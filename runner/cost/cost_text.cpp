#include <cstdarg>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "metrics/statistics/median_interval.h"
#include "runner/cost/cost_record.h"

namespace bench::runner {
namespace {

using metrics::ComplexityRecord;
using nlohmann::ordered_json;

[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  return text;
}

std::string macs_text(std::int64_t macs) {
  return formatted("%.3f G per image (%s, convolutions)", 1e-9 * static_cast<double>(macs),
                   text::thousands(macs).c_str());
}

std::string conditions_text(const metrics::CostConditions& conditions) {
  return formatted(
      "%ld x %ld (height x width), %ld channel%s, batch of %ld; %s, %ld thread%s, "
      "%s, %s",
      static_cast<long>(conditions.height), static_cast<long>(conditions.width),
      static_cast<long>(conditions.channels), conditions.channels == 1 ? "" : "s",
      static_cast<long>(conditions.batch), conditions.device.c_str(),
      static_cast<long>(conditions.threads), conditions.threads == 1 ? "" : "s",
      conditions.precision.c_str(), conditions.layout.c_str());
}

std::string latency_text(const std::vector<double>& milliseconds) {
  const auto spread = metrics::spread_of(milliseconds);
  std::string text = formatted("%.3f ms median of %zu", spread.median, milliseconds.size());
  if (const auto interval = statistics::median_interval(milliseconds)) {
    text += formatted(" (%.1f %% interval %.3f .. %.3f)", 100.0 * interval->confidence,
                      interval->low, interval->high);
  }
  return text + formatted(", quartiles %.3f .. %.3f, range %.3f .. %.3f", spread.lower_quartile,
                          spread.upper_quartile, spread.smallest, spread.largest);
}

/// A step's; nothing for a record that does not say how many it takes.
std::optional<double> images_per_second(const ComplexityRecord& record) {
  if (!record.images) return std::nullopt;
  return 1e3 * static_cast<double>(*record.images) / metrics::spread_of(record.latency_ms).median;
}

std::string step_text(const std::string& step) {
  if (step == "train") return "training step: forward, backward, Adam";
  return "search step: one weight step and its architecture step";
}

ordered_json number_or_null(std::optional<std::int64_t> number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

ordered_json latency_json(const std::vector<double>& milliseconds) {
  const auto spread = metrics::spread_of(milliseconds);
  ordered_json interval = nullptr;
  if (const auto found = statistics::median_interval(milliseconds)) {
    interval = {{"low", found->low}, {"high", found->high}, {"confidence", found->confidence}};
  }
  return {{"median", spread.median},
          {"median_interval", interval},
          {"lower_quartile", spread.lower_quartile},
          {"upper_quartile", spread.upper_quartile},
          {"smallest", spread.smallest},
          {"largest", spread.largest},
          {"repetitions", milliseconds}};
}

}  // namespace

std::string cost_json(const CostReport& report) {
  const ComplexityRecord& record = report.record;
  const auto& conditions = record.conditions;
  ordered_json environment = ordered_json::object();
  for (const auto& [name, value] : report.environment) environment[name] = value;
  const auto speed = images_per_second(record);
  const ordered_json object = {
      {"subject", report.subject},
      {"title", report.title},
      {"step", conditions.step},
      {metrics::kParameters, number_or_null(record.parameters)},
      {metrics::kMacs, number_or_null(record.macs)},
      {metrics::kActivationBytes, number_or_null(record.activation_bytes)},
      {metrics::kPeakMemoryBytes, number_or_null(record.peak_memory_bytes)},
      {metrics::kLatencyMs, latency_json(record.latency_ms)},
      {"images", number_or_null(record.images)},
      {"images_per_second", speed ? ordered_json(*speed) : ordered_json(nullptr)},
      {"conditions",
       {{"height", conditions.height},
        {"width", conditions.width},
        {"channels", conditions.channels},
        {"batch", conditions.batch},
        {"threads", conditions.threads},
        {"device", conditions.device},
        {"precision", conditions.precision},
        {"layout", conditions.layout}}},
      {"environment", environment}};
  return object.dump(2) + "\n";
}

std::string cost_table(const CostReport& report) {
  const ComplexityRecord& record = report.record;
  std::string text;
  const auto add = [&text](const char* name, const std::string& value) {
    text += formatted("%-12s ", name) + value + "\n";
  };
  const auto number = [](const auto& value, auto in_words) {
    return value ? in_words(*value) : std::string("not counted (not a network)");
  };
  add("method", report.title);
  add("measured on", conditions_text(record.conditions));
  const bool is_step = record.conditions.step != "forward";
  if (is_step) add("step", step_text(record.conditions.step));
  add("parameters", number(record.parameters, text::thousands));
  if (!is_step) add("MACs", number(record.macs, macs_text));
  if (!is_step) add("activations", number(record.activation_bytes, text::bytes));
  add("peak memory", number(record.peak_memory_bytes, text::bytes));
  add(is_step ? "step time" : "latency", latency_text(record.latency_ms));
  if (const auto speed = images_per_second(record)) {
    add("images",
        formatted("%.1f per second, %ld per step", *speed, static_cast<long>(*record.images)));
  }
  for (const auto& [name, value] : report.environment) {
    if (name == "LibTorch") add("LibTorch", value);
  }
  return text;
}

}  // namespace bench::runner
