#include "db/integrity.h"

#include <sqlite3.h>

#include <system_error>

#include "db/opening.h"
#include "db/query.h"

namespace bench::db {
namespace {

constexpr int kBusyTimeoutMs = 5000;

std::vector<std::string> structural_problems(Connection& connection) {
  std::vector<std::string> problems;
  Query query(connection, "PRAGMA quick_check");
  while (query.next()) {
    if (const auto line = query.text(0); line != "ok") problems.push_back(line);
  }
  return problems;
}

std::vector<std::string> dangling_references(Connection& connection) {
  std::vector<std::string> problems;
  Query query(connection, "PRAGMA foreign_key_check");
  while (query.next()) {
    problems.push_back("a row of table " + query.text(0) + " refers to a row of table " +
                       query.text(2) + " that is not there");
  }
  return problems;
}

}  // namespace

std::vector<std::string> check_database(const std::filesystem::path& file) {
  try {
    auto connection = open_for_inspection(file, kBusyTimeoutMs);
    connection.doing("checking the run database");
    auto problems = structural_problems(connection);
    for (auto& problem : dangling_references(connection)) problems.push_back(std::move(problem));
    return problems;
  } catch (const DatabaseError& error) {
    if (error.trouble() != DatabaseTrouble::kDamaged) throw;
    return {error.what()};
  }
}

std::filesystem::path move_aside(const std::filesystem::path& file) {
  const auto aside = [&](int number) { return file.string() + ".aside-" + std::to_string(number); };
  int number = 1;
  while (std::filesystem::exists(aside(number))) ++number;
  // The database goes last: if this is cut short, what stays behind is found and moved next time.
  for (const std::string suffix : {"-wal", "-shm", "-journal", ""}) {
    const std::filesystem::path part = file.string() + suffix;
    if (std::filesystem::exists(part)) {
      std::filesystem::rename(part, aside(number) + suffix);
    }
  }
  return aside(number);
}

std::string sqlite_version() {
  return sqlite3_libversion();
}

}  // namespace bench::db
