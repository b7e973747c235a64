#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "db/connection.h"

// Internal to db/.

namespace SQLite {
class Column;
}

namespace bench::db {

/// One use of a prepared statement. At its end the statement is reset, so that no read lock and no
/// pointer into the caller's values outlives it.
class Query {
 public:
  /// \param sql  a literal: its address names the prepared statement.
  Query(Connection& connection, const char* sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Starts anew with ?1, ?2, ... set to `values`: integers, doubles, texts, or optionals of them.
  template <typename... Values>
  Query& bind(const Values&... values) {
    reset();
    int index = 0;
    (bind_value(++index, values), ...);
    return *this;
  }

  /// Binds `values`, and runs a statement that returns no rows.
  /// \returns how many rows it changed.
  template <typename... Values>
  int run(const Values&... values) {
    bind(values...);
    return finish();
  }

  /// Moves to the first or next row. \returns false after the last.
  bool next();

  // Columns of the current row, counted from 0.
  std::int64_t integer(int index) const;
  double real(int index) const;  ///< NaN for NULL
  std::string text(int index) const;
  bool is_null(int index) const;
  std::optional<std::int64_t> optional_integer(int index) const;
  std::optional<std::string> optional_text(int index) const;

  /// `parse` of a text column. \throws DatabaseError (kDamaged) where `parse` refuses the word.
  template <typename Parse>
  auto parsed(int index, Parse parse) const {
    try {
      return parse(text(index));
    } catch (const std::invalid_argument& error) {
      fail_damaged(error.what());
    }
  }

 private:
  void reset();
  int finish();
  SQLite::Column column(int index) const;
  [[noreturn]] void fail_damaged(const char* found) const;
  void bind_value(int index, std::int64_t value);
  void bind_value(int index, int value) { bind_value(index, static_cast<std::int64_t>(value)); }
  void bind_value(int index, double value);
  void bind_value(int index, const std::string& value);
  void bind_value(int index, std::string_view value) { bind_value(index, std::string(value)); }
  void bind_value(int index, std::nullopt_t);
  template <typename Value>
  void bind_value(int index, const std::optional<Value>& value) {
    if (value) {
      bind_value(index, *value);
    } else {
      bind_value(index, std::nullopt);
    }
  }

  Connection& connection_;
  SQLite::Statement& statement_;
};

}  // namespace bench::db
