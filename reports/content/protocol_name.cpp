#include "reports/content/protocol_name.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace bench::reports {
namespace {

struct KnownMetric {
  std::string_view word;
  std::string_view label;
  std::string_view unit;
  int decimals;
  bool higher_is_better;
};

constexpr std::array kKnownMetrics = {
    KnownMetric{"psnr", "PSNR", "dB", 2, true},    KnownMetric{"ssim", "SSIM", "", 4, true},
    KnownMetric{"msssim", "MS-SSIM", "", 4, true}, KnownMetric{"ms_ssim", "MS-SSIM", "", 4, true},
    KnownMetric{"mae", "MAE", "", 4, false},       KnownMetric{"mse", "MSE", "", 6, false},
    KnownMetric{"lpips", "LPIPS", "", 4, false},   KnownMetric{"niqe", "NIQE", "", 3, false},
};

}  // namespace

MetricName metric_of_protocol(std::string_view protocol) {
  std::string word;
  for (const char letter : protocol.substr(0, protocol.find_first_of("{ -/:;,("))) {
    word.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
  }
  if (protocol.starts_with("ms-ssim")) word = "msssim";
  for (const auto& known : kKnownMetrics) {
    if (known.word == word) {
      return {std::string(known.label), std::string(known.unit), known.decimals,
              known.higher_is_better};
    }
  }
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return {word.empty() ? "score" : word, "", 4, true};
}

std::string with_unit(const MetricName& metric) {
  return metric.unit.empty() ? metric.label : metric.label + " (" + metric.unit + ")";
}

std::vector<std::string> short_names(const std::vector<std::string>& protocols) {
  std::vector<std::string> labels;
  for (const auto& protocol : protocols) labels.push_back(metric_of_protocol(protocol).label);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto before =
        std::count(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(i), labels[i]);
    const bool is_only = std::count(labels.begin(), labels.end(), labels[i]) == 1;
    names.push_back(is_only ? labels[i]
                            : labels[i] + " (" + static_cast<char>('a' + before % 26) + ")");
  }
  return names;
}

}  // namespace bench::reports
