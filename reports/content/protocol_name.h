#pragma once

#include <string>
#include <string_view>
#include <vector>

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

/// Short names of protocols in the order given: the metric's label where it is the only one of its
/// metric, else with a letter: "PSNR (a)", "PSNR (b)", "SSIM".
std::vector<std::string> short_names(const std::vector<std::string>& protocols);

}  // namespace bench::reports
