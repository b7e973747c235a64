#include "runner/progress/facts_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "core/text/number.h"
#include "core/text/visible_text.h"

namespace bench::runner {
namespace {

using nlohmann::ordered_json;

// What is large and whole needs separators; seeds and positions stay as they are.
constexpr double kSeparatedFrom = 10000;

std::string plain(const ordered_json& value) {
  if (value.is_string()) return text::visible_text(value.get<std::string>());
  if (value.is_number_float()) {
    const double number = value.get<double>();
    if (std::fabs(number) >= kSeparatedFrom && std::fabs(number) < 1e15 &&
        number == std::floor(number)) {
      return text::thousands(static_cast<std::int64_t>(number));
    }
    char digits[32];
    std::snprintf(digits, sizeof(digits), "%.6g", number);
    return digits;
  }
  return value.is_null() ? "none" : value.dump();
}

// A fact's name says its unit: "peak_memory_bytes", "wall_seconds".
std::string plain_of(const std::string& name, const ordered_json& value) {
  if (value.is_number() && name.ends_with("_bytes")) return text::bytes(value.get<std::int64_t>());
  if (value.is_number() && name.ends_with("_seconds")) return text::duration(value.get<double>());
  return plain(value);
}

// "peak_memory_bytes" -> "peak memory", "wall_seconds" -> "wall time".
std::string label_of(std::string name) {
  if (name.ends_with("_bytes")) name.resize(name.size() - 6);
  if (name.ends_with("_seconds")) name.replace(name.size() - 8, 8, " time");
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

// A measurement has its unit beside it.
std::string cell_of(const ordered_json& row, const std::string& name) {
  const auto value = row.value(name, ordered_json());
  const bool in_bytes = row.value("unit", ordered_json()) == "bytes";
  if (in_bytes && name == "value" && value.is_number()) {
    return text::bytes(static_cast<std::int64_t>(value.get<double>()));
  }
  if (in_bytes && name == "unit") return "";
  return plain_of(name, value);
}

std::string filled(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

bool is_table(const ordered_json& value) {
  return value.is_array() && !value.empty() && value.front().is_object();
}

std::string joined(const ordered_json& list) {
  std::string text;
  for (const auto& value : list) text += (text.empty() ? "" : ", ") + plain(value);
  return text.empty() ? "none" : text;
}

// Without the blanks that would end a line.
void append_line(std::string& text, const std::string& line) {
  text.append(line, 0, line.find_last_not_of(' ') + 1);
  text += '\n';
}

std::string table_text(const ordered_json& rows, const std::string& indent) {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> cells(1);
  for (const auto& [name, value] : rows.front().items()) {
    names.push_back(name);
    cells[0].push_back(label_of(name));
  }
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const auto& name : names) line.push_back(cell_of(row, name));
  }
  std::vector<std::size_t> widths(cells[0].size());
  for (const auto& line : cells) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string text;
  for (const auto& line : cells) {
    std::string joined_line = indent;
    for (std::size_t i = 0; i < line.size(); ++i) {
      joined_line += filled(line[i], widths[i]) + "  ";
    }
    append_line(text, joined_line);
  }
  return text;
}

std::string object_text(const ordered_json& facts, const std::string& indent) {
  std::size_t width = 0;
  for (const auto& [name, value] : facts.items()) {
    if (!value.is_object() && !is_table(value)) width = std::max(width, label_of(name).size());
  }
  std::string text;
  for (const auto& [name, value] : facts.items()) {
    if (value.is_object() || is_table(value)) {
      append_line(text, indent + label_of(name));
      text +=
          value.is_object() ? object_text(value, indent + "  ") : table_text(value, indent + "  ");
    } else {
      append_line(text, indent + filled(label_of(name), width) + "  " +
                            (value.is_array() ? joined(value) : plain_of(name, value)));
    }
  }
  return text;
}

}  // namespace

std::string facts_text(const ordered_json& facts) {
  return object_text(facts, "");
}

}  // namespace bench::runner
