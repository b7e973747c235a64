#include "reports/content/number_text.h"

#include <gtest/gtest.h>

namespace bench::reports {
namespace {

TEST(NumberText, HasNoSpreadForOneValueAndScalesForPeople) {
  const Column column{.scale = 1e6, .decimals = 2};
  EXPECT_EQ(number_text({.value = 1'912'000}, column).value, "1.91");
  EXPECT_EQ(number_text({.value = 1'912'000}, column).spread, "");
  const Number number{.value = 31.2, .spread = 0.05, .interval = Interval{31.1, 31.3}};
  const Cell cell{.content = number};
  EXPECT_EQ(people_text(cell, {.decimals = 2}), "31.20 ± 0.05 [31.10, 31.30]");
}

}  // namespace
}  // namespace bench::reports
