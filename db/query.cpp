#include "db/query.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

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

std::int64_t Query::integer(int column) const {
  return statement_.getColumn(column).getInt64();
}

double Query::real(int column) const {
  const auto cell = statement_.getColumn(column);
  return cell.isNull() ? std::numeric_limits<double>::quiet_NaN() : cell.getDouble();
}

std::string Query::text(int column) const {
  return statement_.getColumn(column).getString();
}

bool Query::is_null(int column) const {
  return statement_.getColumn(column).isNull();
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Query::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
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
