#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "../tiny_search.h"
#include "clearer/network/resolutions.h"

namespace bench::clearer {
namespace {

/// The same numbers, which `stored` can hold, in double NCHW (LibTorch's own operations) or as they
/// are stored, channels-last (ours).
torch::Tensor leaf(const std::vector<std::int64_t>& shape, torch::Generator& generator, bool ours,
                   torch::Dtype stored = torch::kFloat32) {
  const auto drawn = torch::randn(shape, generator, torch::TensorOptions(torch::kFloat64));
  const auto held = drawn.to(stored).contiguous(torch::MemoryFormat::ChannelsLast);
  return (ours ? held : held.to(torch::kFloat64).contiguous()).detach().requires_grad_();
}

void expect_close(const std::vector<torch::Tensor>& found,
                  const std::vector<torch::Tensor>& expected, double relative = 1e-5,
                  double absolute = 2e-5) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_TRUE(torch::allclose(found[i].to(torch::kFloat64), expected[i].to(torch::kFloat64),
                                relative, absolute))
        << i;
  }
}

std::vector<torch::Tensor> resolution_sum_outcome(bool ours,
                                                  torch::Dtype stored = torch::kFloat32) {
  auto generator = seeded(3);
  const std::vector<std::int64_t> factors = {1, 4, 2, 1};
  std::vector<torch::Tensor> terms;
  for (const auto factor : factors) {
    terms.push_back(leaf({2, 5, 8 / factor, 12 / factor}, generator, ours, stored));
  }
  auto result = terms;
  const auto sum = rectified_resolution_sum(terms, factors);
  (sum * leaf({2, 5, 8, 12}, generator, ours, stored).detach()).sum().backward();
  for (auto& term : result) term = term.grad();
  result.push_back(sum.detach());
  return result;
}

TEST(RectifiedResolutionSum, EqualsUpsampleAddAndReluInDouble) {
  expect_close(resolution_sum_outcome(true), resolution_sum_outcome(false));
}

TEST(RectifiedResolutionSum, InBfloat16EqualsUpsampleAddAndReluInDouble) {
  const auto found = resolution_sum_outcome(true, torch::kBFloat16);
  EXPECT_EQ(found.back().scalar_type(), torch::kBFloat16);
  // Sums of up to 16 slopes, rounded once: half a unit of a value of some 10.
  expect_close(found, resolution_sum_outcome(false, torch::kBFloat16), 0x1p-8, 1e-3);
}

TEST(RectifiedResolutionSum, DoesNotWriteToItsTerms) {
  auto generator = seeded(3);
  for (const bool ours : {true, false}) {
    torch::NoGradGuard no_grad;
    const auto only = leaf({1, 2, 4, 4}, generator, ours);
    const auto before = only.clone();
    rectified_resolution_sum({only}, {1});
    EXPECT_TRUE(torch::equal(only, before));
  }
}

std::vector<torch::Tensor> weighted_sum_outcome(bool ours, torch::Dtype stored = torch::kFloat32) {
  auto generator = seeded(4);
  const auto a = leaf({2, 5, 8, 12}, generator, ours, stored);
  const auto b = leaf({2, 5, 8, 12}, generator, ours, stored);
  const auto weights =
      torch::softmax(torch::tensor({0.3, -0.4},
                                   torch::TensorOptions(ours ? torch::kFloat32 : torch::kFloat64)),
                     0)
          .detach()
          .requires_grad_();
  const auto each = weights.unbind();
  const auto sum = weighted_sum(a, each[0], b, each[1]);
  (sum * leaf({2, 5, 8, 12}, generator, ours, stored).detach()).sum().backward();
  return {sum.detach(), a.grad(), b.grad(), weights.grad()};
}

TEST(WeightedSum, EqualsItsFormulaInDouble) {
  expect_close(weighted_sum_outcome(true), weighted_sum_outcome(false));
}

TEST(WeightedSum, InBfloat16EqualsItsFormulaInDouble) {
  const auto found = weighted_sum_outcome(true, torch::kBFloat16);
  EXPECT_EQ(found.front().scalar_type(), torch::kBFloat16);
  EXPECT_EQ(found.back().scalar_type(), torch::kFloat32) << "the weights' gradient";
  expect_close(found, weighted_sum_outcome(false, torch::kBFloat16), 0x1p-8, 1e-3);
}

}  // namespace
}  // namespace bench::clearer
