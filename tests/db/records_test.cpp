#include "db/records.h"

#include <gtest/gtest.h>

namespace bench::db {
namespace {

TEST(RunState, HasTheWordsOfTheDesign) {
  // The words of docs/design.md, in the order of the enumeration.
  const std::vector<std::string_view> words = {"running", "done", "failed", "interrupted"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(to_string(static_cast<RunState>(i)), words[i]);
    EXPECT_EQ(parse_run_state(words[i]), static_cast<RunState>(i));
  }
}

}  // namespace
}  // namespace bench::db
