#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "db/query.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

/// The SQL blocks of docs/python.md, in order.
std::vector<std::string> queries_of_document() {
  std::ifstream document(std::string(BENCH_SOURCE_DIR) + "/docs/python.md");
  std::vector<std::string> queries;
  bool inside = false;
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with("```")) {
      inside = line == "```sql";
      if (inside) queries.emplace_back();
    } else if (inside) {
      queries.back().append(line).append(1, '\n');
    }
  }
  return queries;
}

int rows_of(Connection& connection, const std::string& text) {
  Query query(connection, text.c_str());
  int rows = 0;
  while (query.next()) ++rows;
  return rows;
}

// People copy them; a column that is renamed must not surprise them.
TEST(PythonDocument, HasQueriesThatGiveTheRowsThatItPromises) {
  const ScratchFolder folder;
  const auto measured = example_measurements(0);
  {
    RunStore store(folder.file());
    for (const char* id : {"older", "latest"}) {
      auto run = example_run(id, "2026-01-01T00:00:00Z");
      run.experiment_name = "derain_transfer";
      const auto plan = example_plan(id, 1, StageState::kDone);
      store.begin_run(run, plan);
      store.record_stage(example_stage(0), measured, plan[0]);
    }
  }
  const auto queries = queries_of_document();
  ASSERT_EQ(queries.size(), 2U);
  Connection connection(folder.file(), OpenMode::kRead, 0);
  EXPECT_EQ(rows_of(connection, queries[0]), static_cast<int>(measured.scores.size()));
  EXPECT_EQ(rows_of(connection, queries[1]), 2 * static_cast<int>(measured.points.size()));
}

}  // namespace
}  // namespace bench::db
