#include "datasets/embedded.h"

#include "datasets/dead_leaves.h"
#include "datasets/rain.h"

namespace bench::datasets {
namespace {

// Part of what the data are: changing it makes other data.
constexpr std::uint64_t kSeed = 2020;
constexpr std::string_view kPrefix = "embedded-rain-";

std::string name_of(std::int64_t id) {
  const std::string digits = std::to_string(id);
  return std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
}

bool is_in(const Split& split, std::int64_t id) {
  return split.position_parity < 0 || (id - split.first_id) % 2 == split.position_parity;
}

}  // namespace

std::string_view embedded_rain_family(std::string_view data_set) {
  if (!data_set.starts_with(kPrefix)) return {};
  return data_set.substr(kPrefix.size());
}

std::vector<std::string> embedded_names(const Split& split) {
  std::vector<std::string> names;
  for (std::int64_t id = split.first_id; id <= split.last_id; ++id) {
    if (is_in(split, id)) names.push_back(name_of(id));
  }
  return names;
}

std::vector<Example> embedded_examples(const DataSet& data_set, const Split& split,
                                       std::int64_t limit) {
  const std::string_view family_name = embedded_rain_family(data_set.name);
  std::vector<Example> examples;
  for (std::int64_t id = split.first_id; id <= split.last_id; ++id) {
    if (!is_in(split, id)) continue;
    if (limit > 0 && static_cast<std::int64_t>(examples.size()) == limit) break;
    Example example{
        name_of(id),
        embedded_scene(kSeed, static_cast<std::uint64_t>(id), kEmbeddedSide, kEmbeddedSide, 3),
        {}};
    if (!family_name.empty()) {
      randomness::Stream stream(
          kSeed, "embedded/rain/v1/" + std::string(family_name) + "/" + example.name);
      example.degraded = add_rain(*example.target, find_rain_family(family_name), stream);
    }
    examples.push_back(std::move(example));
  }
  return examples;
}

}  // namespace bench::datasets
