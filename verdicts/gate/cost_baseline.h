#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verdicts/gate/baseline.h"

namespace bench::verdicts {

// Names of figures in CostFigures.
inline constexpr const char* kLatencyMs = "latency_ms";
inline constexpr const char* kPeakMemoryBytes = "peak_memory_bytes";
/// A fixed computation timed beside each round: how fast the machine was just then.
inline constexpr const char* kYardstickMs = "yardstick_ms";

/// What restoring one image takes. Positive numbers, lower is better.
struct CostFigures {
  std::map<std::string, double> counts = {};               ///< parameters, macs: without noise
  std::map<std::string, std::vector<double>> rounds = {};  ///< one value a round, all as long

  friend bool operator==(const CostFigures&, const CostFigures&) = default;
};

/// Figures that a person accepted, for a reason; see verdicts/gate/drift.h.
struct CostAnchor {
  CostFigures figures = {};
  std::string reason = {};
  Provenance provenance = {};

  friend bool operator==(const CostAnchor&, const CostAnchor&) = default;
};

/// A small committed file that costs are held against.
struct CostBaseline {
  std::string subject = {};     ///< a method or architecture
  std::string conditions = {};  ///< size, threads, device ...: only equal ones are compared
  CostFigures figures = {};
  Provenance provenance = {};
  std::optional<CostAnchor> anchor = {};  ///< empty: these figures are their own anchor

  friend bool operator==(const CostBaseline&, const CostBaseline&) = default;
};

/// Rounds of both, one after the other. \throws GateError unless both have the same figures.
CostFigures with_more_rounds(const CostFigures& first, const CostFigures& second);

/// The baseline as JSON (format "bench-gate-cost-baseline", version 1); all digits are kept.
std::string to_json_text(const CostBaseline& baseline);

/// Inverse of `to_json_text`, strict. \param source  file name for messages. \throws GateError
CostBaseline parse_cost_baseline(std::string_view text, const std::string& source);

}  // namespace bench::verdicts
