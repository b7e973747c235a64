#include "core/text/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace bench::text {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kMebi = 1 << 20, kGibi = 1 << 30;

TEST(Fixed, HasTheDigitsAskedForAndItsSign) {
  EXPECT_EQ(fixed(31.456, 2), "31.46");
  EXPECT_EQ(fixed(-0.5, 3), "-0.500");
  EXPECT_EQ(fixed(kInfinity, 2), "inf");
  EXPECT_EQ(fixed(-kInfinity, 2), "-inf");
  EXPECT_EQ(with_sign(0.25, 3), "+0.250");
  EXPECT_EQ(with_sign(-0.25, 1), "-0.2") << "ties to even, as printf";
}

TEST(Fixed, HoldsTheLargestDouble) {
  EXPECT_EQ(fixed(std::numeric_limits<double>::max(), 3).size(), 309U + 4U);
}

TEST(Rounded, UsesTheMinusSignAndNoMinusZero) {
  EXPECT_EQ(rounded(31.456, 2), "31.46");
  EXPECT_EQ(rounded(-0.05, 2), "−0.05");
  EXPECT_EQ(rounded(-0.001, 2), "0.00");
  EXPECT_EQ(rounded(kInfinity, 2), "∞");
  EXPECT_EQ(rounded(-kInfinity, 2), "−∞");
}

TEST(Exact, ReadsBackAsTheSameDouble) {
  for (const double value : {0.1, 1.0 / 3, 28.913472198374, 5e-324, 1.7976931348623157e308, -0.0}) {
    EXPECT_EQ(std::strtod(exact(value).c_str(), nullptr), value);
  }
  EXPECT_EQ(exact(kInfinity), "inf");
  EXPECT_EQ(exact(-kInfinity), "-inf");
  EXPECT_EQ(exact(std::nan("")), "nan");
}

TEST(Thousands, SeparatesGroupsOfThree) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(1000), "1,000");
  EXPECT_EQ(thousands(1912000), "1,912,000");
  EXPECT_EQ(thousands(-100), "-100");
  EXPECT_EQ(thousands(-123456), "-123,456");
}

TEST(Bytes, ChooseTheUnitThatPeopleRead) {
  EXPECT_EQ(bytes(0), "0 bytes");
  EXPECT_EQ(bytes(1), "1 byte");
  EXPECT_EQ(bytes(1023), "1023 bytes");
  EXPECT_EQ(bytes(1024), "1 KiB");
  EXPECT_EQ(bytes(3 * kMebi / 2), "1.5 MiB");
  EXPECT_EQ(bytes(121040896), "115 MiB");
  EXPECT_EQ(bytes(953 * kMebi), "953 MiB");
  EXPECT_EQ(bytes(5 * kGibi / 2), "2.5 GiB");
  EXPECT_EQ(bytes(kGibi - 1), "1 GiB") << "not 1024 MiB";
}

TEST(Duration, HasAtMostTwoUnits) {
  EXPECT_EQ(duration(0), "0 s");
  EXPECT_EQ(duration(0.42), "0.4 s");
  EXPECT_EQ(duration(9.97), "10 s");
  EXPECT_EQ(duration(59.4), "59 s");
  EXPECT_EQ(duration(59.6), "1 min");
  EXPECT_EQ(duration(233), "3 min 53 s");
  EXPECT_EQ(duration(3599.7), "1 h");
  EXPECT_EQ(duration(2 * 3600 + 5 * 60 + 4), "2 h 5 min");
  EXPECT_EQ(duration(50 * 3600), "50 h");
}

}  // namespace
}  // namespace bench::text
