#include "reports/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace bench::reports {
namespace {

TEST(Rounded, UsesTheMinusSignAndNoMinusZero) {
  EXPECT_EQ(rounded(31.456, 2), "31.46");
  EXPECT_EQ(rounded(-0.05, 2), "−0.05");
  EXPECT_EQ(rounded(-0.001, 2), "0.00");
  EXPECT_EQ(rounded(std::numeric_limits<double>::infinity(), 2), "∞");
}

TEST(Exact, ReadsBackAsTheSameDouble) {
  for (const double value : {0.1, 1.0 / 3, 28.913472198374, 5e-324, 1.7976931348623157e308, -0.0}) {
    EXPECT_EQ(std::strtod(exact(value).c_str(), nullptr), value);
  }
  EXPECT_EQ(exact(std::numeric_limits<double>::infinity()), "inf");
}

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
