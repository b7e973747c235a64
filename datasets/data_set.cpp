#include "datasets/data_set.h"

#include "datasets/unknown_name.h"

namespace bench::datasets {

std::string_view to_string(DataSetKind kind) {
  switch (kind) {
    case DataSetKind::kClean:
      return "clean";
    case DataSetKind::kPairs:
      return "pairs";
    case DataSetKind::kDegraded:
      return "degraded";
  }
  return "";
}

std::string_view to_string(Layout layout) {
  switch (layout) {
    case Layout::kEmbedded:
      return "embedded";
    case Layout::kImages:
      return "images";
    case Layout::kRainNoRain:
      return "rain-norain";
    case Layout::kDegradedTarget:
      return "degraded-target";
    case Layout::kSideBySide:
      return "side-by-side";
    case Layout::kPrefixedRain:
      return "prefixed-rain";
    case Layout::kManyPerClean:
      return "many-per-clean";
  }
  return "";
}

const Split& find_split(const DataSet& data_set, std::string_view name) {
  std::vector<std::string_view> known;
  for (const Split& split : data_set.splits) {
    if (split.name == name) return split;
    known.push_back(split.name);
  }
  throw DataSetError("split of data set \"" + data_set.name +
                     "\": " + unknown_name_text(name, known));
}

}  // namespace bench::datasets
