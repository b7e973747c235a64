#pragma once

#include <string>

#include "db/connection.h"
#include "db/records.h"

// Internal to db/.

namespace bench::db {

/// \throws DatabaseError (kBadRecord) unless `key` is 64 lower-case hexadecimal digits.
void require_key(const std::string& what, const std::string& key);

/// Removes whatever is on record under the stage's key, and inserts the stage and all its rows.
/// To be called within a transaction.
/// \throws DatabaseError (kBadRecord) naming the first row that breaks a rule of records.h.
void replace_stage(Connection& connection, const StageRecord& stage,
                   const StageMeasurements& measurements);

}  // namespace bench::db
