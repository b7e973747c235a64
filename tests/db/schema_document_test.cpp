#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
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

/// Headings "### `table`", each with table rows that begin "| `column` |".
Schema schema_of_document() {
  std::ifstream document(std::string(BENCH_SOURCE_DIR) + "/db/schema.md");
  EXPECT_TRUE(document.is_open());
  const std::regex heading("^### `([a-z_]+)`.*"), column("^\\| `([a-z0-9_]+)` \\|.*");
  Schema schema;
  std::string line, table;
  for (std::smatch match; std::getline(document, line);) {
    if (std::regex_match(line, match, heading)) table = match[1];
    if (std::regex_match(line, match, column)) schema[table].push_back(match[1]);
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
