#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace bench::db {

/// What is the matter, for callers that act on it; the message is for people.
enum class DatabaseTrouble : std::uint8_t {
  kMissing,      ///< there is no such file
  kUnreachable,  ///< it cannot be opened
  kReadOnly,     ///< it cannot be written
  kBusy,         ///< another process held it for longer than the busy timeout
  kFull,         ///< disk or quota
  kDamaged,      ///< not a whole SQLite file: to be rebuilt from the stage folders
  kForeign,      ///< a whole SQLite file, but no store of bench
  kTooNew,       ///< written by a newer program
  kTooOld,       ///< a reader may not migrate it
  kBadRecord,    ///< what was handed in breaks a rule of records.h
  kOther,
};

/// The message names the file, what was being done, what was found, and what to do.
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(DatabaseTrouble trouble, const std::string& message)
      : std::runtime_error(message), trouble_(trouble) {}

  DatabaseTrouble trouble() const { return trouble_; }

 private:
  DatabaseTrouble trouble_;
};

}  // namespace bench::db
