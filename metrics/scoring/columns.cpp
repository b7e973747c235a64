#include "metrics/scoring/columns.h"

#include <algorithm>

#include "metrics/protocol_names.h"

namespace bench::scoring {
namespace {

/// "kair" -> "kair@1", the version that `metrics::resolve` takes; a text has no name.
std::string versioned(const std::string& name) {
  if (name.find('(') != std::string::npos) return "";
  if (name.find('@') != std::string::npos) return name;
  int newest = 0;
  for (const auto& named : metrics::named_protocols()) {
    if (named.name == name) newest = std::max(newest, named.version);
  }
  return name + "@" + std::to_string(newest);
}

void append(std::vector<Column>& columns, const metrics::Protocol& protocol,
            const std::string& name) {
  auto column = std::find_if(columns.begin(), columns.end(),
                             [&](const Column& other) { return other.protocol == protocol; });
  if (column == columns.end()) column = columns.insert(column, Column{protocol, {}});
  auto& names = column->names;
  const bool is_known = std::find(names.begin(), names.end(), name) != names.end();
  if (!name.empty() && !is_known) names.push_back(name);
}

}  // namespace

std::vector<Column> columns_of(std::span<const std::string> names) {
  const std::vector<std::string> none_asked_for{std::string(kDefaultProtocol)};
  if (names.empty()) names = none_asked_for;
  std::vector<Column> columns;
  for (const auto& name : names) {
    for (const auto& protocol : metrics::resolve(name)) append(columns, protocol, versioned(name));
  }
  return columns;
}

MetricText text_of(metrics::Metric metric) {
  switch (metric) {
    case metrics::Metric::kPsnr:
      return {"PSNR", "dB", 4};
    case metrics::Metric::kSsim:
      return {"SSIM", "", 6};
    case metrics::Metric::kMsSsim:
      return {"MS-SSIM", "", 6};
    case metrics::Metric::kMae:
      return {"MAE", "of 255", 4};
  }
  return {"", "", 6};
}

std::string label_of(std::span<const Column> columns, std::size_t place) {
  std::string label;
  for (const auto& name : columns[place].names) label += (label.empty() ? "" : ", ") + name;
  return label.empty() ? "protocol " + std::to_string(place + 1) : label;
}

}  // namespace bench::scoring
