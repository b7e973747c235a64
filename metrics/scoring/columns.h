#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/protocol.h"

namespace bench::scoring {

/// One kind of score: everything in a column is of one protocol, so that nothing unlike is ever
/// averaged or compared.
struct Column {
  metrics::Protocol protocol = {};
  std::vector<std::string> names = {};  ///< as asked for, with version: "kair@1"; "" for a text
};

/// What stands where no protocol was asked for: RGB or gray, 8 bits, nothing cropped, Wang's SSIM.
inline constexpr std::string_view kDefaultProtocol = "derain-toolbox";

/// The columns meant by names (`kair`, `matlab-y@1`) and canonical texts, in that order. Names
/// that mean one protocol share its column. \param names  empty: `kDefaultProtocol`.
/// \throws metrics::InvalidProtocol for an unknown or contradictory one.
std::vector<Column> columns_of(std::span<const std::string> names);

/// How a metric's numbers are shown to people.
struct MetricText {
  std::string_view label;  ///< "PSNR"
  std::string_view unit;   ///< "dB" or ""
  int decimals;
};

MetricText text_of(metrics::Metric metric);

/// The names of a column, "kair@1, awgn-float@1"; "protocol 3" for its place where it has none.
std::string label_of(std::span<const Column> columns, std::size_t place);

}  // namespace bench::scoring
