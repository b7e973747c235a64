#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "db/run_reader.h"

namespace bench::runner {

/// What is not known is an empty cell.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Rows of one kind, for other programs. All rows have as many cells as there are columns.
struct ExportTable {
  std::string name;  ///< of its file, without extension
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// Everything that is on record of a run, row by row: "provenance", "stages", "scores", "costs",
/// "points", "facts". Rows of the last four begin with contestant, task and seed; a training that
/// two contestants share appears once for each. The columns: docs/python.md.
/// \throws DatabaseError; UnknownRun
std::vector<ExportTable> export_tables(const db::RunReader& reader, const std::string& run_id);

/// RFC 4180 with a head. Numbers have all digits; "inf" and "nan" stand for what has none.
std::string csv_of(const ExportTable& table);

/// JSON Lines: an object a row, null for an empty cell; "inf", "-inf" and "nan" as texts, since
/// JSON has no such numbers.
std::string json_lines_of(const ExportTable& table);

}  // namespace bench::runner
