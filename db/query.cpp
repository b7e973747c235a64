#include "db/query.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <limits>

namespace bench::db {

Query::Query(Connection& connection, const char* sql)
    : connection_(connection), statement_(connection.prepared(sql)) {}

Query::~Query() {
  statement_.tryReset();
}

void Query::reset() {
  // What it returns is the failure of the run before, which was already told.
  statement_.tryReset();
}

int Query::finish() {
  try {
    const int changed = statement_.exec();
    statement_.reset();
    return changed;
  } catch (const SQLite::Exception& error) {
    connection_.fail(error.getErrorCode(), error.what());
  }
}

bool Query::next() {
  try {
    return statement_.executeStep();
  } catch (const SQLite::Exception& error) {
    connection_.fail(error.getErrorCode(), error.what());
  }
}

SQLite::Column Query::column(int index) const {
  try {
    return statement_.getColumn(index);
  } catch (const SQLite::Exception& error) {
    // There is no row where one must be: an index of a damaged file promised it.
    fail_damaged(error.what());
  }
}

void Query::fail_damaged(const char* found) const {
  connection_.fail(SQLITE_CORRUPT, found);
}

std::int64_t Query::integer(int index) const {
  return column(index).getInt64();
}

double Query::real(int index) const {
  const auto cell = column(index);
  return cell.isNull() ? std::numeric_limits<double>::quiet_NaN() : cell.getDouble();
}

std::string Query::text(int index) const {
  return column(index).getString();
}

bool Query::is_null(int index) const {
  return column(index).isNull();
}

std::optional<std::int64_t> Query::optional_integer(int index) const {
  if (is_null(index)) return std::nullopt;
  return integer(index);
}

std::optional<std::string> Query::optional_text(int index) const {
  if (is_null(index)) return std::nullopt;
  return text(index);
}

void Query::bind_value(int index, std::int64_t value) {
  statement_.bind(index, value);
}

void Query::bind_value(int index, double value) {
  statement_.bind(index, value);
}

void Query::bind_value(int index, const std::string& value) {
  statement_.bind(index, value);
}

void Query::bind_value(int index, std::nullopt_t) {
  statement_.bind(index);
}

}  // namespace bench::db
