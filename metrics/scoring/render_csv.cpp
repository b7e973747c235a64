#include "metrics/scoring/render.h"

#include <vector>

#include "core/text/number.h"

namespace bench::scoring {
namespace {

std::string quoted_where_needed(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) quoted.append(letter == '"' ? 2 : 1, letter);
  return quoted + "\"";
}

void append_row(std::string& text, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text.push_back(',');
    text.append(quoted_where_needed(cells[i]));
  }
  text += "\r\n";
}

}  // namespace

std::string csv_text(const ScoreSheet& sheet) {
  std::vector<std::string> cells{"name", "reference", "restored", "height", "width", "channels"};
  for (const auto& column : sheet.columns) cells.push_back(to_string(column.protocol));
  cells.push_back("fault");
  std::string text;
  append_row(text, cells);
  for (const auto& pair : sheet.pairs) {
    cells = {pair.pair.name,
             pair.pair.reference.string(),
             pair.pair.restored.string(),
             std::to_string(pair.reference.height),
             std::to_string(pair.reference.width),
             std::to_string(pair.reference.channels)};
    for (const double score : pair.scores) cells.push_back(text::exact(score));
    cells.push_back("");
    append_row(text, cells);
  }
  for (const auto& fault : sheet.skipped) {
    cells.assign(7 + sheet.columns.size(), "");
    cells.front() = fault.name;
    cells.back() = std::string(to_string(fault.kind)) + ": " + fault.message;
    append_row(text, cells);
  }
  return text;
}

}  // namespace bench::scoring
