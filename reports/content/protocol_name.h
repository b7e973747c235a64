#pragma once

#include <string>
#include <string_view>

namespace bench::reports {

/// How scores of a protocol are read: "psnr{space=rgb,...}" and "psnr-y-matlab" are both PSNR.
struct MetricName {
  std::string label;  ///< "PSNR"
  std::string unit;   ///< "dB" or ""
  int decimals;       ///< for people
  bool higher_is_better;
};

/// By the first word of a canonical protocol string. An unknown metric keeps its own word in
/// capitals, four decimals, higher is better.
MetricName metric_of_protocol(std::string_view protocol);

/// "PSNR (dB)", "SSIM".
std::string with_unit(const MetricName& metric);

}  // namespace bench::reports
