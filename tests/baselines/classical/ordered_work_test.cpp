#include "baselines/classical/ordered_work.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace bench::classical {
namespace {

TEST(DoInOrder, CommitsEachItemOnceInOrderOnAnyNumberOfThreads) {
  for (const int threads : {1, 2, 5}) {
    std::vector<int> computed(20, 0);
    std::vector<int> committed;
    do_in_order(
        20, threads,
        [&](int worker, int item) {
          EXPECT_LT(worker, threads);
          ++computed[static_cast<std::size_t>(item)];
        },
        [&](int, int item) { committed.push_back(item); });
    ASSERT_EQ(committed.size(), 20u);
    for (int i = 0; i < 20; ++i) {
      EXPECT_EQ(committed[static_cast<std::size_t>(i)], i);
      EXPECT_EQ(computed[static_cast<std::size_t>(i)], 1);
    }
  }
}

TEST(DoInOrder, StopsAllThreadsAndRethrowsWhenAnItemFails) {
  std::vector<int> committed;
  const auto fail_at_three = [](int, int item) {
    if (item == 3) throw std::runtime_error("item 3");
  };
  EXPECT_THROW(do_in_order(50, 4, fail_at_three, [&](int, int item) { committed.push_back(item); }),
               std::runtime_error);
  EXPECT_LE(committed.size(), 3u);
}

}  // namespace
}  // namespace bench::classical
