#include "verdicts/compare/json_difference.h"

#include <gtest/gtest.h>

namespace bench::verdicts {
namespace {

using nlohmann::json;

TEST(JsonDifferences, EqualValuesHaveNone) {
  EXPECT_TRUE(json_differences(json{{"a", 1}}, json{{"a", 1.0}}).empty());
}

TEST(JsonDifferences, ElementsWithIdsAreMatchedByThem) {
  const auto first = json::parse(R"({"tasks": [{"id": "a", "sigma": 1}, {"id": "b"}]})");
  const auto second = json::parse(R"({"tasks": [{"id": "b"}, {"id": "a", "sigma": 2}]})");
  const std::vector<JsonDifference> expected = {{"tasks[a].sigma", "1", "2"}};
  EXPECT_EQ(json_differences(first, second), expected);
}

TEST(JsonDifferences, WhatOneSideLacksIsOneDifference) {
  const auto first = json::parse(R"({"seeds": [1, 2], "x": {"y": 1}})");
  const auto second = json::parse(R"({"seeds": [1]})");
  const std::vector<JsonDifference> expected = {{"seeds[1]", "2", ""}, {"x", "{\"y\":1}", ""}};
  EXPECT_EQ(json_differences(first, second), expected);
}

}  // namespace
}  // namespace bench::verdicts
