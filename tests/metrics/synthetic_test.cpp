// tests/reference/metric_synthetic.json: SciPy's values for images large enough for Wang's
// downsampling and for odd sizes of MS-SSIM; metric_synthetic.py beside it made them.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "metrics/downsample.h"
#include "metrics/score.h"

namespace bench::metrics {
namespace {

struct Pair {
  Planes<std::uint8_t> restored;
  Planes<std::uint8_t> target;
};

std::int64_t formula(std::int64_t row, std::int64_t column, std::int64_t a, std::int64_t b) {
  return (row * row * a + column * b * 3 + row * column / 7) % 251;
}

Pair formula_pair(int height, int width) {
  Pair pair{zero_planes<std::uint8_t>(1, height, width),
            zero_planes<std::uint8_t>(1, height, width)};
  std::size_t i = 0;
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column, ++i) {
      const auto x = formula(row, column, 1, 2), y = formula(row, column, 3, 5);
      pair.target.samples[i] = static_cast<std::uint8_t>(x);
      pair.restored.samples[i] = static_cast<std::uint8_t>((3 * x + y) / 4);
    }
  }
  return pair;
}

TEST(Score, EqualsSciPyOnImagesLargerThanTheFixtures) {
  std::ifstream stream(BENCH_SOURCE_DIR "/tests/reference/metric_synthetic.json");
  ASSERT_TRUE(stream);
  const auto file = nlohmann::json::parse(stream);
  for (const auto& known : file.at("cases")) {
    const int height = known.at("height"), width = known.at("width");
    const auto [restored, target] = formula_pair(height, width);
    const auto protocol = parse_protocol(known.at("protocol").get<std::string>());
    EXPECT_NEAR(score(protocol, restored.view(), target.view()), known.at("value").get<double>(),
                1e-9)
        << known;
    if (known.contains("factor")) {
      EXPECT_EQ(wang_downsample_factor(height, width), known.at("factor").get<int>()) << known;
    }
  }
  EXPECT_EQ(file.at("cases").size(), 7U);
}

}  // namespace
}  // namespace bench::metrics
