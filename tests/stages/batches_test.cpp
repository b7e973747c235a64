#include "stages/batches.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "datasets/catalogue.h"
#include "stage_folders.h"

namespace bench::stages {
namespace {

using datasets::Subset;

const auto& four_leaves() {
  static const auto made =
      std::make_shared<const std::vector<datasets::Example>>(datasets::load_examples(
          datasets::find("embedded-leaves"), {}, "train", {.channels = 1, .limit = 4}));
  return made;
}

struct Asked {
  Subset subset = Subset::kAll;
  std::uint64_t seed = 3;
  std::string purpose = "train";
  exchange::TaskSettings task = StageFolders::task();
};

training::Batch first_batch(const Asked& asked) {
  return batch_source(four_leaves(), asked.task, {.batch = 2, .patch = 16}, asked.subset,
                      asked.seed, asked.purpose, torch::kCPU)(0);
}

bool are_equal(const training::Batch& a, const training::Batch& b) {
  return torch::equal(a.degraded, b.degraded) && torch::equal(a.target, b.target);
}

TEST(Batches, AreTheSameForTheSameSeedPurposeTaskAndSubset) {
  EXPECT_TRUE(are_equal(first_batch({}), first_batch({})));
}

TEST(Batches, AreOthersForAnotherSeedPurposeTaskOrSubset) {
  const auto usual = first_batch({});
  EXPECT_FALSE(are_equal(usual, first_batch({.seed = 4})));
  EXPECT_FALSE(are_equal(usual, first_batch({.purpose = "search/weights"})));
  EXPECT_FALSE(are_equal(usual, first_batch({.subset = Subset::kEven})));
  EXPECT_FALSE(are_equal(usual, first_batch({.subset = Subset::kOdd})));
  auto other = StageFolders::task();
  other.id = "another";
  EXPECT_FALSE(are_equal(usual, first_batch({.task = other})));
}

TEST(Batches, HaveTheNoiseOfTheirTask) {
  const auto deviation = [](double sigma_8bit) {
    auto task = StageFolders::task();
    task.degradation.sigma_8bit = sigma_8bit;
    const auto batch = first_batch({.task = task});
    return (batch.degraded - batch.target).square().mean().sqrt().item<double>() * 255;
  };
  // 512 values: 3 % of standard error.
  EXPECT_NEAR(deviation(50), 50, 8);
  EXPECT_NEAR(deviation(10), 10, 1.6);
}

}  // namespace
}  // namespace bench::stages
