#include "clearer/network/latency.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "../tiny_search.h"

namespace bench::clearer {
namespace {

TEST(MeasuredLatencies, AreOnePairPerPosition) {
  const auto latencies = measured_latencies_ms(tiny_space(), {.side = 16, .repetitions = 3});
  ASSERT_EQ(latencies.size(), 3u);
  for (const auto& pair : latencies) {
    EXPECT_GT(pair[0], 0.0);
    EXPECT_GT(pair[1], 0.0);
  }
  EXPECT_EQ(latencies[1], latencies[2]);  // of one stage: measured once
  EXPECT_THROW(measured_latencies_ms(tiny_space(), {.side = 10}), std::invalid_argument);
}

}  // namespace
}  // namespace bench::clearer
