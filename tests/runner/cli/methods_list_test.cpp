#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "baselines/catalogue/method.h"
#include "tests/stages/program.h"

namespace bench::stages {
namespace {

TEST(LsMethods, TellsEveryMethodOfTheCatalogue) {
  const auto run = run_bench({"ls", "methods", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto list = nlohmann::json::parse(run.out);
  ASSERT_EQ(list.size(), catalogue::catalogue().size());
  const auto table = run_bench({"ls", "methods"});
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& method = catalogue::catalogue()[i];
    EXPECT_EQ(list[i].at("name"), method.name);
    EXPECT_EQ(list[i].at("parameters").is_null(), !method.parameters.has_value());
    EXPECT_EQ(list[i].at("checked_by"), method.checked_by);
    EXPECT_NE(table.out.find("\n" + method.name + " "), std::string::npos) << method.name;
  }
}

TEST(LsMethods, AnotherWordIsBadInput) {
  EXPECT_EQ(run_bench({"ls", "metods"}).code, 2);
}

}  // namespace
}  // namespace bench::stages
