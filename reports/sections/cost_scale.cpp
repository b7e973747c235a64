#include "reports/sections/cost_scale.h"

#include <array>
#include <span>

namespace bench::reports {
namespace {

struct Step {
  double divisor;
  std::string_view unit;
};

constexpr std::array kCounts = {Step{1e9, "billion"}, Step{1e6, "million"}, Step{1e3, "thousand"}};
constexpr std::array kBytes = {Step{1024.0 * 1024 * 1024, "GiB"}, Step{1024.0 * 1024, "MiB"},
                               Step{1024, "KiB"}};
constexpr std::array kSeconds = {Step{3600, "h"}, Step{60, "min"}};

std::string label_of(std::string_view quantity) {
  if (quantity == "macs") return "MACs";
  if (quantity == "parameters") return "Parameters";
  if (quantity == "train_seconds") return "Training time";
  if (quantity == "search_seconds") return "Search time";
  if (quantity == "latency_ms") return "Latency";
  if (quantity == "peak_memory_bytes") return "Peak memory";
  if (quantity == "activation_bytes") return "Activations";
  if (quantity == "search_architecture_steps") return "Architecture steps";
  if (quantity == "search_weight_steps") return "Weight steps";
  if (quantity == "search_images_seen") return "Images seen";
  if (quantity == "search_evaluations") return "Architectures evaluated";
  std::string label(quantity);
  for (char& letter : label) {
    if (letter == '_') letter = ' ';
  }
  return label;
}

std::span<const Step> steps_of(std::string_view quantity, std::string_view unit) {
  if (unit == "byte" || unit == "bytes" || unit == "B") return kBytes;
  if (unit == "s" || unit == "seconds") return kSeconds;
  if (quantity == "macs" || quantity == "parameters") return kCounts;
  return {};
}

// What is counted one by one.
bool is_count_of(std::string_view quantity, std::string_view unit) {
  return quantity == "macs" || quantity == "parameters" || unit == "steps" || unit == "images" ||
         unit == "candidates";
}

int decimals_of(double largest) {
  if (largest >= 100) return 1;
  if (largest >= 1) return 2;
  return 3;
}

}  // namespace

CostScale cost_scale(std::string_view quantity, std::string_view unit, double largest) {
  const auto label = label_of(quantity);
  for (const auto& step : steps_of(quantity, unit)) {
    // Two of a unit and no more than one: "90 s" reads better than "1.5 min".
    if (largest >= 2 * step.divisor) {
      return {label, std::string(step.unit), step.divisor, decimals_of(largest / step.divisor)};
    }
  }
  const bool is_count = is_count_of(quantity, unit);
  std::string people_unit(unit == "count" || is_count ? "" : unit);
  return {label, people_unit, 1, is_count ? 0 : decimals_of(largest)};
}

bool is_drawn_against_score(std::string_view quantity) {
  return quantity == "parameters" || quantity == "macs" || quantity == "latency_ms" ||
         quantity == "peak_memory_bytes";
}

}  // namespace bench::reports
