#include "baselines/catalogue/training_memory.h"

#include <array>
#include <string_view>

#include "baselines/catalogue/method.h"

namespace bench::catalogue {
namespace {

struct Row {
  std::string_view method;
  double kept, largest;
};

// Numbers a pixel of the batch, counted on the built networks (tests/baselines checks them).
constexpr std::array<Row, 0> kCounted = {};

double option(const std::map<std::string, double>& options, const char* name, double otherwise) {
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second;
}

/// The convolution's result and the rectified one of each layer, but of the last.
TrainingMemory dncnn_memory(double image_channels, double depth, double features) {
  const double inner = depth - 2;
  return {features * (2 * inner + 1) + 3 * image_channels, features,
          9 * features * (2 * image_channels + inner * features) + inner * 2 * features};
}

}  // namespace

std::optional<TrainingMemory> training_memory(const std::string& method,
                                              std::int64_t image_channels,
                                              const std::map<std::string, double>& options) {
  if (method == "dncnn") {
    return dncnn_memory(static_cast<double>(image_channels), option(options, "depth", 17),
                        option(options, "features", 64));
  }
  for (const auto& row : kCounted) {
    if (row.method != method) continue;
    const auto parameters = catalogue::method(method).parameters;
    return TrainingMemory{row.kept, row.largest, static_cast<double>(parameters.value_or(0))};
  }
  return std::nullopt;
}

}  // namespace bench::catalogue
