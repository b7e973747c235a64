#include "baselines/catalogue/size.h"

#include <gtest/gtest.h>

#include <set>

#include "baselines/catalogue/method.h"

namespace bench::catalogue {
namespace {

TEST(Sizes, AreNamedOnceAndCanHaveTheirPublishedValue) {
  for (const auto& row : catalogue()) {
    std::set<std::string> names;
    for (const auto& size : sizes_of(row.name)) {
      EXPECT_TRUE(names.insert(size.name).second) << row.name << ": " << size.name;
      EXPECT_GE(size.published, size.least) << row.name << ": " << size.name;
    }
    EXPECT_TRUE(names.empty() || row.kind == MethodKind::kNetwork ||
                row.kind == MethodKind::kSupernet)
        << row.name;
  }
}

TEST(Sizes, AreNoneForAMethodThatTheTableDoesNotHave) {
  EXPECT_TRUE(sizes_of("bm3d").empty());
  EXPECT_TRUE(sizes_of("no such method").empty());
}

}  // namespace
}  // namespace bench::catalogue
