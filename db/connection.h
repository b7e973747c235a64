#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "db/database_error.h"

// Internal to db/: other folders see run_store.h and run_reader.h.

namespace SQLite {
class Statement;
}

namespace bench::db {

enum class OpenMode : std::uint8_t {
  kWrite,      ///< creates the file if need be
  kRead,       ///< can write nothing
  kImmutable,  ///< as kRead, of a file that nobody writes, in a folder where no lock can be made
};

enum class Durability : std::uint8_t {
  kLazy,  ///< a crash of the machine may undo the last transactions, whole
  kFull,  ///< on the disk when the transaction returns
};

/// One open SQLite database. Whatever SQLite says against a call becomes a DatabaseError that names
/// the file, what was being done, and what to do.
class Connection {
 public:
  /// Opens lazily: damage shows at the first statement.
  Connection(std::filesystem::path file, OpenMode mode, int busy_timeout_ms);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  const std::filesystem::path& file() const;

  /// Names what follows, for messages: "recording stage ab12".
  void doing(std::string action);

  /// Runs one or more statements without parameters.
  void execute(std::string_view sql);

  /// First column of the first row. \throws DatabaseError if there is none.
  std::int64_t scalar(const std::string& sql);
  std::string text_scalar(const std::string& sql);

  /// False also where the file was opened for writing, but may not be written.
  bool is_writable() const;

  /// Takes hold from the next transaction.
  void set_durability(Durability durability);

  /// A statement prepared once and kept as long as the connection.
  SQLite::Statement& prepared(const char* sql);

  /// The DatabaseError for an SQLite result code met now.
  [[noreturn]] void fail(int code, std::string_view sqlite_message) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Everything until `commit()` happens together, or not at all.
class Transaction {
 public:
  /// kWrite takes the write lock at once, so that a second writer fails here with nothing done;
  /// kRead sees one moment of the database to its end.
  Transaction(Connection& connection, OpenMode mode);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Connection& connection_;
  bool committed_ = false;
};

}  // namespace bench::db
