#include "runner/cli/methods_list.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "baselines/catalogue/method.h"

namespace bench::runner {
namespace {

using catalogue::Method;
using nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string millions(std::optional<std::int64_t> count) {
  if (!count) return "-";
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f M", 1e-6 * static_cast<double>(*count));
  return text;
}

std::string detail(const char* label, const std::string& text) {
  return text.empty() ? "" : std::string("      ") + label + text + "\n";
}

std::string paper_of(const Method& method) {
  return method.paper.empty() ? "" : method.paper + " " + std::to_string(method.year);
}

std::string rows_of(const Method& method) {
  char first[160];
  std::snprintf(first, sizeof(first), "%-20s %-24s %-10s %11s %13s  %s\n", method.name.c_str(),
                method.title.c_str(), std::string(catalogue::to_string(method.kind)).c_str(),
                millions(method.parameters).c_str(), millions(method.multiply_adds_64x64).c_str(),
                joined(method.tasks).c_str());
  return first + detail("", paper_of(method)) + detail("weights: ", method.public_weights) +
         detail("checked by: ", method.checked_by) + detail("note: ", method.notes);
}

ordered_json number_or_null(std::optional<std::int64_t> number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

}  // namespace

std::string methods_table() {
  char head[160];
  std::snprintf(head, sizeof(head), "%-20s %-24s %-10s %11s %13s  %s\n", "name", "method", "kind",
                "parameters", "MACs 64x64", "tasks");
  std::string text = head;
  for (const auto& method : catalogue::catalogue()) text += rows_of(method);
  return text;
}

std::string methods_json() {
  ordered_json list = ordered_json::array();
  for (const auto& method : catalogue::catalogue()) {
    list.push_back({{"name", method.name},
                    {"title", method.title},
                    {"paper", method.paper},
                    {"year", method.year ? ordered_json(method.year) : ordered_json(nullptr)},
                    {"kind", catalogue::to_string(method.kind)},
                    {"tasks", method.tasks},
                    {"image_channels", method.image_channels},
                    {"parameters", number_or_null(method.parameters)},
                    {"macs_64x64", number_or_null(method.multiply_adds_64x64)},
                    {"weights", method.public_weights},
                    {"checked_by", method.checked_by},
                    {"notes", method.notes}});
  }
  return list.dump(2) + "\n";
}

}  // namespace bench::runner
