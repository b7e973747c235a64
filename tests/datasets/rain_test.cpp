#include "datasets/rain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "core/digest/sha256.h"
#include "datasets/dead_leaves.h"

namespace bench::datasets {
namespace {

Image rain_on(const Image& clean, std::string_view family, std::uint64_t seed) {
  randomness::Stream stream(seed, "test/rain");
  return add_rain(clean, find_rain_family(family), stream);
}

Image flat(int side, std::uint8_t value) {
  Image image = black_image(3, side, side);
  std::fill(image.samples.begin(), image.samples.end(), value);
  return image;
}

double psnr_db_of(const Image& degraded, const Image& clean) {
  double squares = 0.0;
  for (std::size_t i = 0; i < clean.samples.size(); ++i) {
    const double error = degraded.samples[i] - static_cast<double>(clean.samples[i]);
    squares += error * error;
  }
  return 10.0 * std::log10(255.0 * 255.0 * static_cast<double>(clean.samples.size()) / squares);
}

// Direction of the streaks, degrees from the horizontal in [0, 180), by the structure tensor.
double main_direction_degrees(const Image& rain) {
  double xx = 0, yy = 0, xy = 0;
  const int width = rain.width;
  for (int y = 1; y + 1 < rain.height; ++y) {
    for (int x = 1; x + 1 < width; ++x) {
      const std::uint8_t* at = rain.samples.data() + y * width + x;
      const double dx = at[1] - static_cast<double>(at[-1]);
      const double dy = at[width] - static_cast<double>(at[-width]);
      xx += dx * dx, yy += dy * dy, xy += dx * dy;
    }
  }
  // Gradients stand across the streaks; rows count downwards, so the angle changes its sign.
  const double across = 0.5 * std::atan2(2.0 * xy, xx - yy) * 180.0 / M_PI;
  return std::fmod(90.0 - across + 360.0, 180.0);
}

TEST(RainFamilies, AreFoundByNameAndUnknownOnesGetAHint) {
  EXPECT_GE(rain_families().size(), 2U);
  for (const RainFamily& family : rain_families()) {
    EXPECT_EQ(&find_rain_family(family.name), &family);
  }
  try {
    find_rain_family("heavy-slantet");
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("Did you mean \"heavy-slanted\"?"), std::string::npos)
        << error.what();
  }
}

TEST(AddRain, OnlyBrightensAndIsWhite) {
  for (const RainFamily& family : rain_families()) {
    const Image clean = flat(96, 100);
    const Image rainy = rain_on(clean, family.name, 1);
    const std::size_t plane = clean.plane_size();
    for (std::size_t i = 0; i < plane; ++i) {
      ASSERT_GE(rainy.samples[i], 100);
      ASSERT_EQ(rainy.samples[i], rainy.samples[plane + i]);
      ASSERT_EQ(rainy.samples[i], rainy.samples[2 * plane + i]);
    }
  }
}

// The same streaks on black show the layer s; on gray c the blending's formula must hold.
TEST(AddRain, BlendsAsItsFamilySays) {
  for (const RainFamily& family : rain_families()) {
    const Image streaks = rain_on(flat(96, 0), family.name, 2);
    const Image rainy = rain_on(flat(96, 120), family.name, 2);
    for (std::size_t i = 0; i < rainy.samples.size(); ++i) {
      const double s = streaks.samples[i] / 255.0;
      const double c = 120 / 255.0;
      const double expected = family.blending == Blending::kAdditive ? std::min(1.0, c + s)
                                                                     : 1.0 - (1.0 - c) * (1.0 - s);
      // Both images are rounded to levels.
      ASSERT_NEAR(rainy.samples[i], 255.0 * expected, 1.01) << family.name;
    }
  }
}

TEST(AddRain, FallsInTheDirectionsOfItsFamily) {
  for (const char* name : {"light-vertical", "heavy-slanted"}) {
    const RainFamily& family = find_rain_family(name);
    int leaning_left = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      double angle = main_direction_degrees(rain_on(flat(128, 0), name, seed));
      if (angle > 90.0) {
        angle = 180.0 - angle;
        ++leaning_left;
      }
      // Pixels blur the direction by a few degrees.
      EXPECT_GT(angle, family.angle_min_degrees - 5.0) << name << " " << seed;
      EXPECT_LT(angle, family.angle_max_degrees + 5.0) << name << " " << seed;
    }
    EXPECT_GT(leaning_left, 0) << name;
    EXPECT_LT(leaning_left, 12) << name;
  }
}

TEST(AddRain, OfUnlikeFamiliesIsUnlikeInStrength) {
  std::map<std::string_view, double> psnr_db;
  for (const RainFamily& family : rain_families()) {
    for (std::uint64_t index = 0; index < 8; ++index) {
      const Image clean = embedded_scene(1, index, 96, 96, 3);
      psnr_db[family.name] += psnr_db_of(rain_on(clean, family.name, index), clean) / 8.0;
    }
  }
  EXPECT_GT(psnr_db["light-vertical"], psnr_db["multi-direction"] + 3.0);
  EXPECT_GT(psnr_db["multi-direction"], psnr_db["heavy-slanted"] + 3.0);
  // Rain100H's rainy images have 13.55 dB (Y).
  EXPECT_NEAR(psnr_db["heavy-slanted"], 13.5, 2.0);
}

TEST(AddRain, CoversTheShareOfPixelsOfItsDensity) {
  // Light rain: at most 6 streaks of 18 x 2.4 pixels in 1000, at least 3 of 8 x 1.5.
  double touched = 0.0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const Image rainy = rain_on(flat(128, 0), "light-vertical", seed);
    for (std::size_t i = 0; i < rainy.plane_size(); ++i) touched += rainy.samples[i] > 0 ? 1 : 0;
  }
  touched /= 8.0 * 128 * 128;
  EXPECT_GT(touched, 0.003 * 8 * 1.0);
  EXPECT_LT(touched, 0.006 * 18 * 2.4);
}

// A contract of determinism, as in dead_leaves_test.cpp.
TEST(AddRain, IsTheSameOnEveryMachine) {
  const std::map<std::string_view, std::string> golden = {
      {"light-vertical", "2d08eabe33844b87fa1cbf01106e6cc5a33b0dcd6eb024338c0401c3915f8972"},
      {"heavy-slanted", "ef2a96092ebac345a2025b38d0feea2cc238df692e410de3be43de49b171e058"},
      {"multi-direction", "ff92574c23055309c51270d9994f7e681c73667d53b94ef57c3625377f63b85d"}};
  const Image clean = embedded_scene(2020, 1, 128, 128, 3);
  for (const auto& [name, expected] : golden) {
    const Image rainy = rain_on(clean, name, 2020);
    EXPECT_EQ(digest::sha256_hex(
                  {reinterpret_cast<const char*>(rainy.samples.data()), rainy.samples.size()}),
              expected)
        << name;
  }
}

}  // namespace
}  // namespace bench::datasets
