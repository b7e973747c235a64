#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "db/migration.h"
#include "db/query.h"

namespace bench::db {
namespace {

using Schema = std::map<std::string, std::vector<std::string>>;

/// Tables and views with their columns, in order, as SQLite has them.
Schema schema_of_migrations() {
  Connection connection(":memory:", OpenMode::kWrite, 0);
  migrate(connection, migrations());
  Schema schema;
  Query query(connection,
              "SELECT tables.name, columns.name FROM sqlite_schema AS tables"
              " JOIN pragma_table_info(tables.name) AS columns"
              " WHERE tables.type IN ('table', 'view') ORDER BY tables.name, columns.cid");
  while (query.next()) schema[query.text(0)].push_back(query.text(1));
  return schema;
}

/// What stands in backquotes right behind `beginning`; empty if the line begins otherwise.
std::string quoted_after(const std::string& line, const std::string& beginning) {
  if (line.rfind(beginning + "`", 0) != 0) return "";
  const auto start = beginning.size() + 1;
  return line.substr(start, line.find('`', start) - start);
}

/// Headings "### `table`", each with table rows that begin "| `column`".
Schema schema_of_document() {
  std::ifstream document(std::string(BENCH_SOURCE_DIR) + "/db/schema.md");
  EXPECT_TRUE(document.is_open());
  Schema schema;
  std::string table;
  for (std::string line; std::getline(document, line);) {
    if (const auto heading = quoted_after(line, "### "); !heading.empty()) table = heading;
    if (const auto column = quoted_after(line, "| "); !column.empty()) {
      schema[table].push_back(column);
    }
  }
  return schema;
}

TEST(SchemaDocument, ListsEveryTableAndColumnInOrder) {
  const auto document = schema_of_document();
  for (const auto& [table, columns] : schema_of_migrations()) {
    ASSERT_TRUE(document.contains(table)) << table;
    EXPECT_EQ(document.at(table), columns) << table;
  }
  EXPECT_EQ(document.size(), schema_of_migrations().size());
}

}  // namespace
}  // namespace bench::db
