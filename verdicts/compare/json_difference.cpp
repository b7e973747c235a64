#include "verdicts/compare/json_difference.h"

#include <algorithm>
#include <map>
#include <set>

namespace bench::verdicts {
namespace {

using nlohmann::json;
using Members = std::map<std::string, const json*>;

bool has_id(const json& value) {
  return value.is_object() && value.contains("id") && value.at("id").is_string();
}

bool is_list_by_id(const json& value) {
  if (!value.is_array() || value.empty() || !std::all_of(value.begin(), value.end(), has_id)) {
    return false;
  }
  std::set<std::string> ids;
  for (const auto& element : value) ids.insert(element.at("id").get<std::string>());
  return ids.size() == value.size();
}

// The parts of an object or list, each under the text that continues a path to it.
Members members_of(const json& value, bool by_id, bool at_root) {
  Members members;
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) members[(at_root ? "" : ".") + key] = &member;
  } else {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string name = by_id ? value[i].at("id").get<std::string>() : std::to_string(i);
      members["[" + name + "]"] = &value[i];
    }
  }
  return members;
}

void add_differences(const std::string& path, const json& first, const json& second,
                     std::vector<JsonDifference>& found) {
  const bool objects = first.is_object() && second.is_object();
  const bool lists = first.is_array() && second.is_array();
  if (!objects && !lists) {
    if (first != second) found.push_back({path, first.dump(), second.dump()});
    return;
  }
  const bool by_id = lists && is_list_by_id(first) && is_list_by_id(second);
  const auto ours = members_of(first, by_id, path.empty());
  const auto theirs = members_of(second, by_id, path.empty());
  for (const auto& [step, value] : ours) {
    const auto other = theirs.find(step);
    if (other == theirs.end()) {
      found.push_back({path + step, value->dump(), ""});
    } else {
      add_differences(path + step, *value, *other->second, found);
    }
  }
  for (const auto& [step, value] : theirs) {
    if (!ours.contains(step)) found.push_back({path + step, "", value->dump()});
  }
}

}  // namespace

std::vector<JsonDifference> json_differences(const json& first, const json& second) {
  std::vector<JsonDifference> found;
  add_differences("", first, second, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.path < b.path; });
  return found;
}

}  // namespace bench::verdicts
