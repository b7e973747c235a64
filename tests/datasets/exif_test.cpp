#include "datasets/exif.h"

#include <gtest/gtest.h>

#include "core/randomness/stream.h"

namespace bench::datasets {
namespace {

using namespace std::string_literals;

// Written by hand after TIFF 6.0: header, one directory of two entries.
const std::string kBigEndian =
    "MM\0*\0\0\0\x08\0\x02"
    "\x01\x0f\0\x02\0\0\0\x04\0\0\0\0"
    "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"s;
const std::string kLittleEndian =
    "II*\0\x08\0\0\0\x01\0"
    "\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"s;

TEST(Exif, ReadsBothByteOrders) {
  EXPECT_EQ(exif_orientation(kBigEndian), 6);
  EXPECT_EQ(exif_orientation(kLittleEndian), 8);
}

TEST(Exif, WhatDoesNotSayIsUpright) {
  EXPECT_EQ(exif_orientation(""), 1);
  EXPECT_EQ(exif_orientation("XX\0*\0\0\0\x08"s), 1);
  std::string unknown = kLittleEndian;
  unknown[18] = 9;
  EXPECT_EQ(exif_orientation(unknown), 1);
  std::string no_short = kLittleEndian;
  no_short[12] = 4;
  EXPECT_EQ(exif_orientation(no_short), 1);
  std::string outside = kLittleEndian;
  outside[7] = '\x7f';
  EXPECT_EQ(exif_orientation(outside), 1);
}

TEST(Exif, SurvivesDamageAndTruncation) {
  randomness::Stream stream(1, "test/exif");
  for (int trial = 0; trial < 20000; ++trial) {
    std::string damaged = kBigEndian;
    for (int flip = 0; flip < 3; ++flip) {
      damaged[stream.below(damaged.size())] = static_cast<char>(stream.below(256));
    }
    damaged.resize(stream.below(damaged.size() + 1));
    const int orientation = exif_orientation(damaged);
    ASSERT_TRUE(orientation >= 1 && orientation <= 8);
  }
}

}  // namespace
}  // namespace bench::datasets
