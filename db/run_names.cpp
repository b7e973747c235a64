#include "db/run_names.h"

#include <algorithm>

#include "core/text/nearest.h"

namespace bench::db {
namespace {

constexpr std::size_t kMostListed = 8;
constexpr std::size_t kMostSuggested = 3;

std::string quoted_list(const std::vector<std::string>& names, std::size_t most) {
  std::string list;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
    list += (i == 0 ? "\"" : ", \"") + names[i] + "\"";
  }
  if (names.size() > most) list += " and " + std::to_string(names.size() - most) + " more";
  return list;
}

/// A person mistypes the beginning: only so much of each id is compared.
std::vector<std::string> nearest(const std::string& name, std::vector<std::string> ids) {
  const auto distance = [&](const std::string& id) {
    return text::edit_distance(name, std::string_view(id).substr(0, name.size()));
  };
  std::stable_sort(ids.begin(), ids.end(),
                   [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
  if (ids.size() > kMostSuggested) ids.resize(kMostSuggested);
  return ids;
}

}  // namespace

std::string choose_latest(const std::vector<std::string>& newest_first, std::int64_t steps) {
  const auto count = static_cast<std::int64_t>(newest_first.size());
  if (steps < count) return newest_first[static_cast<std::size_t>(steps)];
  if (count > 0) {
    throw UnknownRun("run \"latest~" + std::to_string(steps) + "\": the store has only " +
                     std::to_string(count) + " runs, the first of which is latest~" +
                     std::to_string(count - 1) + ".");
  }
  throw UnknownRun(
      "run \"latest\": the store has no runs. Start one with \"bench "
      "run experiments/NAME.json\", or name another store with --store DIR.");
}

std::string choose_run(const std::string& name, const std::vector<std::string>& fitting) {
  if (fitting.size() == 1) return fitting.front();
  if (std::find(fitting.begin(), fitting.end(), name) != fitting.end()) return name;
  throw UnknownRun("run \"" + name + "\": expected the start of one run id, found " +
                   std::to_string(fitting.size()) +
                   " that match: " + quoted_list(fitting, kMostListed) + ". Give more letters.");
}

UnknownRun unknown_run(const std::string& name, const std::vector<std::string>& newest_first,
                       const std::optional<std::string>& of_experiment) {
  std::string message =
      "run \"" + name + "\": no such run. Pass a run id, the start of one, or " + "\"latest\". ";
  if (of_experiment) {
    message += "This is the name of an experiment; its newest run is \"" + *of_experiment + "\".";
  } else if (newest_first.empty()) {
    message += "The store has no runs yet.";
  } else {
    message += "The closest ids are " + quoted_list(nearest(name, newest_first), kMostSuggested) +
               ". See bench ls.";
  }
  return UnknownRun(message);
}

}  // namespace bench::db
