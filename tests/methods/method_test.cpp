#include "methods/method.h"

#include <gtest/gtest.h>

#include <set>

namespace bench::methods {
namespace {

TEST(Catalogue, NamesEachMethodOnceAndSaysWhereItComesFrom) {
  std::set<std::string> names;
  for (const auto& row : catalogue()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.title.empty()) << row.name;
    EXPECT_FALSE(row.tasks.empty()) << row.name;
    EXPECT_FALSE(row.checked_by.empty()) << row.name;
    if (row.kind == MethodKind::kIdentity) continue;
    EXPECT_FALSE(row.paper.empty()) << row.name;
    EXPECT_GT(row.year, 2000) << row.name;
  }
}

TEST(Method, IsFoundByName) {
  EXPECT_EQ(method("dncnn_s").title, "DnCNN-S");
  EXPECT_EQ(method("dncnn_s").parameters, 556'096);
}

TEST(Method, SuggestsTheNearestName) {
  try {
    method("dncn_s");
    FAIL() << "no exception";
  } catch (const UnknownMethod& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"dncnn_s\"?"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace bench::methods
