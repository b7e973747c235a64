#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bench::metrics {

// Under these names a record's numbers are stored and reported.
inline constexpr const char* kParameters = "parameters";
inline constexpr const char* kMacs = "macs";
inline constexpr const char* kActivationBytes = "activation_bytes";
inline constexpr const char* kPeakMemoryBytes = "peak_memory_bytes";
inline constexpr const char* kLatencyMs = "latency_ms";
inline constexpr const char* kImages = "images";

/// What a cost was measured on: without it the numbers mean nothing.
struct CostConditions {
  std::int64_t height = 0;  ///< pixels
  std::int64_t width = 0;
  std::int64_t channels = 1;
  std::int64_t batch = 1;  ///< images a pass
  std::int64_t threads = 1;
  std::string device;            ///< "cpu", "cuda"
  std::string precision;         ///< "fp32", "bf16"
  std::string layout;            ///< "channels_last", "nchw"
  std::string step = "forward";  ///< what was timed; or "train", "search"
  friend bool operator==(const CostConditions&, const CostConditions&) = default;
};

/// What restoring, or a step of a training or search, takes: counted by walking the network, and
/// measured. Counts are absent where a method is no network.
struct ComplexityRecord {
  CostConditions conditions;
  std::optional<std::int64_t> parameters;         ///< trained numbers, running statistics not
  std::optional<std::int64_t> macs;               ///< of the convolutions, for ONE image
  std::optional<std::int64_t> activation_bytes;   ///< most held at once above the weights, a batch
  std::optional<std::int64_t> peak_memory_bytes;  ///< weights, activations and scratch memory
  std::optional<std::int64_t> images = {};  ///< that pass through the network in what is timed
  std::vector<double> latency_ms;  ///< one pass or step of the whole batch, a value a repetition
  friend bool operator==(const ComplexityRecord&, const ComplexityRecord&) = default;
};

/// Order statistics of repeated measurements, in their unit. Quartiles by linear interpolation
/// between the sorted values (numpy's default).
struct Spread {
  double smallest;
  double lower_quartile;
  double median;
  double upper_quartile;
  double largest;
  friend bool operator==(const Spread&, const Spread&) = default;
};

/// \throws std::invalid_argument without values, or where one is not finite.
Spread spread_of(std::vector<double> values);

}  // namespace bench::metrics
