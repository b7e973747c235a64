#include "reports/render/csv.h"

#include <algorithm>
#include <functional>

#include "reports/content/escape.h"
#include "reports/content/number_text.h"

namespace bench::reports {
namespace {

struct Field {
  const char* name;
  std::function<bool(const Number&)> is_there;
  std::function<std::string(const Number&)> text;
};

const std::vector<Field>& fields() {
  static const std::vector<Field> kFields = {
      {"spread", [](const Number& n) { return n.spread.has_value(); },
       [](const Number& n) { return exact(*n.spread); }},
      {"low", [](const Number& n) { return n.interval.has_value(); },
       [](const Number& n) { return exact(n.interval->low); }},
      {"high", [](const Number& n) { return n.interval.has_value(); },
       [](const Number& n) { return exact(n.interval->high); }},
      {"images", [](const Number& n) { return n.n_images > 0; },
       [](const Number& n) { return std::to_string(n.n_images); }},
      {"seeds", [](const Number& n) { return n.n_seeds > 0; },
       [](const Number& n) { return std::to_string(n.n_seeds); }},
      {"infinite", [](const Number& n) { return n.infinite > 0; },
       [](const Number& n) { return std::to_string(n.infinite); }},
  };
  return kFields;
}

/// The extra fields that any cell of the column has.
std::vector<Field> fields_of(const Table& table, std::size_t column) {
  std::vector<Field> used;
  for (const auto& field : fields()) {
    const bool any = std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      const auto* number = std::get_if<Number>(&row[column].content);
      return number != nullptr && field.is_there(*number);
    });
    if (any) used.push_back(field);
  }
  return used;
}

void append_cell(const Cell& cell, const std::vector<Field>& extra, std::string& line) {
  if (const auto* number = std::get_if<Number>(&cell.content)) {
    line += exact(number->value);
    for (const auto& field : extra) {
      line += "," + (field.is_there(*number) ? field.text(*number) : std::string());
    }
    return;
  }
  const auto* missing = std::get_if<Missing>(&cell.content);
  line += escape_csv(missing != nullptr ? missing->state : std::get<std::string>(cell.content));
  line.append(extra.size(), ',');
}

std::string row_notes(const Table& table, const std::vector<Cell>& row) {
  std::string notes;
  for (std::size_t column = 0; column < row.size(); ++column) {
    for (const auto note : row[column].notes) {
      if (!notes.empty()) notes += " ";
      notes += table.columns[column].header + ": " + table.notes[note];
    }
  }
  return notes;
}

std::string header_of(const Column& column) {
  return column.unit.empty() ? column.header : column.header + " (" + column.unit + ")";
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string text;
  std::vector<std::vector<Field>> extra;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    extra.push_back(fields_of(table, column));
    text += escape_csv(header_of(table.columns[column])) + ",";
    for (const auto& field : extra.back()) {
      text += escape_csv(table.columns[column].header + " " + field.name) + ",";
    }
  }
  text += "notes\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      append_cell(row[column], extra[column], text);
      text += ",";
    }
    text += escape_csv(row_notes(table, row)) + "\r\n";
  }
  return text;
}

std::string scores_csv(const Study& study) {
  std::string text = "run,contestant,task,data_set,image,seed,protocol,value,stage\r\n";
  constexpr std::size_t kTypicalLine = 160;
  text.reserve(text.size() + study.scores.size() * kTypicalLine);
  const std::string run = escape_csv(study.run_id) + ",";
  for (const auto& score : study.scores) {
    text += run;
    text.append(escape_csv(score.contestant)).append(",");
    text.append(escape_csv(score.task)).append(",");
    text.append(escape_csv(score.data_set)).append(",");
    text.append(escape_csv(score.image)).append(",");
    text.append(std::to_string(score.seed)).append(",");
    text.append(escape_csv(score.protocol)).append(",");
    text.append(exact(score.value)).append(",");
    text.append(escape_csv(score.stage_key)).append("\r\n");
  }
  return text;
}

}  // namespace bench::reports
