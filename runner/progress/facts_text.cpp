#include "runner/progress/facts_text.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "core/text/visible_text.h"

namespace bench::runner {
namespace {

using nlohmann::ordered_json;

std::string plain(const ordered_json& value) {
  if (value.is_string()) return text::visible_text(value.get<std::string>());
  if (value.is_number_float()) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.6g", value.get<double>());
    return text;
  }
  return value.is_null() ? "none" : value.dump();
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
  std::vector<std::vector<std::string>> cells(1);
  for (const auto& [name, value] : rows.front().items()) cells[0].push_back(name);
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const auto& name : cells[0]) line.push_back(plain(row.value(name, ordered_json())));
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
    if (!value.is_object() && !is_table(value)) width = std::max(width, name.size());
  }
  std::string text;
  for (const auto& [name, value] : facts.items()) {
    if (value.is_object() || is_table(value)) {
      append_line(text, indent + name);
      text +=
          value.is_object() ? object_text(value, indent + "  ") : table_text(value, indent + "  ");
    } else {
      append_line(text, indent + filled(name, width) + "  " +
                            (value.is_array() ? joined(value) : plain(value)));
    }
  }
  return text;
}

}  // namespace

std::string facts_text(const ordered_json& facts) {
  return object_text(facts, "");
}

}  // namespace bench::runner
