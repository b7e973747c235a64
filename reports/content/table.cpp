#include "reports/content/table.h"

#include <algorithm>
#include <stdexcept>

namespace bench::reports {
namespace {

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& what) {
  throw std::logic_error("table \"" + table.id + "\", row " + std::to_string(row) + ": " + what);
}

void require_cell(const Table& table, std::size_t row, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.content); text && text->empty()) {
    refuse(table, row, "expected a text, a number or a missing cell with its reason, found \"\"");
  }
  if (std::holds_alternative<Missing>(cell.content) && cell.notes.empty()) {
    refuse(table, row, "a missing cell without a footnote; add its reason to Cell::notes");
  }
  for (const auto note : cell.notes) {
    if (note >= table.notes.size()) refuse(table, row, "footnote " + std::to_string(note));
  }
}

}  // namespace

Cell text_cell(const std::string& text) {
  return {.content = text.empty() ? "none" : text};
}

Cell number_cell(double value) {
  return {.content = Number{.value = value}};
}

void require_whole(const Table& table) {
  if (!table.row_anchors.empty() && table.row_anchors.size() != table.rows.size()) {
    refuse(table, table.rows.size(),
           "expected one anchor for each row or none, found " +
               std::to_string(table.row_anchors.size()));
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (table.rows[row].size() != table.columns.size()) {
      refuse(table, row,
             "expected " + std::to_string(table.columns.size()) + " cells, found " +
                 std::to_string(table.rows[row].size()));
    }
    for (const auto& cell : table.rows[row]) require_cell(table, row, cell);
  }
}

std::string note_letter(std::size_t index) {
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('a' + (rest - 1) % 26));
  }
  return letters;
}

std::size_t note_index(Table& table, const std::string& note) {
  const auto found = std::find(table.notes.begin(), table.notes.end(), note);
  if (found != table.notes.end()) return static_cast<std::size_t>(found - table.notes.begin());
  table.notes.push_back(note);
  return table.notes.size() - 1;
}

}  // namespace bench::reports
