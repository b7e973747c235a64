#include "metrics/scoring/render.h"

#include <algorithm>
#include <vector>

#include "core/text/number.h"
#include "core/text/visible_text.h"

namespace bench::scoring {
namespace {

constexpr std::size_t kGap = 2;

/// One column of text, the head's lines included.
struct TextColumn {
  std::vector<std::string> cells;
  std::size_t width = 0;
};

std::string padding(std::size_t width, const std::string& text) {
  return std::string(width - std::min(width, text::width_of(text)), ' ');
}

void measure(TextColumn& column) {
  for (const auto& cell : column.cells) column.width = std::max(column.width, text::width_of(cell));
}

std::string percent_text(double share) {
  return text::fixed(100.0 * share, 0) + " %";
}

TextColumn names_of_rows(const ScoreSheet& sheet, const TableOptions& options) {
  TextColumn column{{"image", ""}, 0};
  if (options.with_images) {
    for (const auto& pair : sheet.pairs) column.cells.push_back(text::visible_text(pair.pair.name));
  }
  double confidence = 0.95;
  for (const auto& summary : sheet.summaries) {
    if (summary.interval) confidence = summary.interval->confidence;
  }
  const auto percent = percent_text(confidence);
  for (const auto& name :
       {std::string("mean"), percent + " from", percent + " to", std::string("n")}) {
    column.cells.push_back(name);
  }
  measure(column);
  return column;
}

TextColumn scores_of_rows(const ScoreSheet& sheet, std::size_t place, const TableOptions& options) {
  const auto metric = text_of(sheet.columns[place].protocol.metric);
  const auto& summary = sheet.summaries[place];
  TextColumn column;
  std::string head(metric.label);
  if (!metric.unit.empty()) head.append(" (").append(metric.unit).append(")");
  column.cells.push_back(head);
  column.cells.push_back(label_of(sheet.columns, place));
  if (options.with_images) {
    for (const auto& pair : sheet.pairs) {
      column.cells.push_back(text::fixed(pair.scores[place], metric.decimals));
    }
  }
  column.cells.push_back(text::fixed(summary.value, metric.decimals));
  for (const bool low : {true, false}) {
    column.cells.push_back(
        !summary.interval
            ? "-"
            : text::fixed(low ? summary.interval->low : summary.interval->high, metric.decimals));
  }
  column.cells.push_back(std::to_string(summary.n));
  measure(column);
  return column;
}

std::string styled(const std::string& text, const char* code, const TableOptions& options) {
  if (!options.with_style) return text;
  return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
}

/// Some of the columns, side by side behind the names.
std::string block_text(const TextColumn& names, std::span<const TextColumn> columns,
                       const TableOptions& options) {
  std::size_t width = names.width;
  for (const auto& column : columns) width += kGap + column.width;
  const std::string rule(width, '-');
  const std::size_t rows = names.cells.size(), mean_row = rows - 4;
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) {
    if (row == 2 || (row == mean_row && row != 2)) text += styled(rule, "2", options) + "\n";
    std::string line = names.cells[row] + padding(names.width, names.cells[row]);
    for (const auto& column : columns) {
      const auto& cell = column.cells[row];
      line += std::string(kGap, ' ') + padding(column.width, cell) + cell;
    }
    const bool is_bold = row == 0 || row == mean_row;
    line.erase(line.find_last_not_of(' ') + 1);
    text += (is_bold ? styled(line, "1", options) : line) + "\n";
  }
  return text;
}

std::string blocks_text(const ScoreSheet& sheet, const TableOptions& options) {
  const auto names = names_of_rows(sheet, options);
  std::vector<TextColumn> columns;
  for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
    columns.push_back(scores_of_rows(sheet, place, options));
  }
  std::string text;
  for (std::size_t first = 0, count; first < columns.size(); first += count) {
    std::size_t width = names.width + kGap + columns[first].width;
    for (count = 1; first + count < columns.size(); ++count) {
      width += kGap + columns[first + count].width;
      if (options.width > 0 && width > options.width) break;
    }
    if (first > 0) text.push_back('\n');
    text.append(block_text(names, {&columns[first], count}, options));
  }
  return text;
}

std::string definitions_text(const ScoreSheet& sheet) {
  std::size_t width = 0;
  for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
    width = std::max(width, label_of(sheet.columns, place).size());
  }
  std::string text;
  for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
    // Metrics of one name stand under it.
    const bool is_said =
        place > 0 && label_of(sheet.columns, place - 1) == label_of(sheet.columns, place);
    const auto label = is_said ? std::string() : label_of(sheet.columns, place);
    text += label + padding(width + kGap, label) + to_string(sheet.columns[place].protocol) + "\n";
  }
  return text;
}

/// What is missing from the numbers above it.
std::string gaps_text(const ScoreSheet& sheet) {
  std::string text;
  if (!sheet.skipped.empty()) {
    text += "skipped " + std::to_string(sheet.skipped.size()) + ", scored " +
            std::to_string(sheet.pairs.size()) + ":\n";
    for (const auto& fault : sheet.skipped) {
      text.append("  ").append(to_string(fault.kind)).append(": ");
      text.append(text::visible_text(fault.message)).append("\n");
    }
  }
  if (!sheet.left_out.empty()) {
    text += "left out on request:";
    for (const auto& name : sheet.left_out) text.append(" ").append(text::visible_text(name));
    text += "\n";
  }
  return text;
}

std::string notes_text(const ScoreSheet& sheet) {
  std::string text;
  for (const auto& note : sheet.notes)
    text.append("note: ").append(text::visible_text(note)).append("\n");
  std::vector<std::string> reasons;
  for (const auto& summary : sheet.summaries) {
    const auto& reason = summary.why_no_interval;
    const bool is_new = std::find(reasons.begin(), reasons.end(), reason) == reasons.end();
    if (!reason.empty() && is_new) reasons.push_back(reason);
  }
  for (const auto& reason : reasons) {
    text.append("note: no interval (-): ").append(reason).append("\n");
  }
  return text;
}

}  // namespace

std::string table_text(const ScoreSheet& sheet, const TableOptions& options) {
  std::string text;
  if (!sheet.pairs.empty()) text = blocks_text(sheet, options) + "\n" + definitions_text(sheet);
  text += gaps_text(sheet);
  const auto notes = notes_text(sheet);
  return notes.empty() ? text : text + styled(notes, "2", options);
}

}  // namespace bench::scoring
