#include "clearer/space/cost.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace bench::clearer {
namespace {

TEST(PositionCosts, HaveTheTrueSharesOfEachStage) {
  // clearer_reference.json: the parallel module's share of the parameters with 2, 3, 4 branches.
  const auto costs = position_costs(SearchSpace{}, ComplexityCost::kParameters);
  ASSERT_EQ(costs.size(), 12u);
  const auto share = [&](std::size_t i) { return costs[i][0] / (costs[i][0] + costs[i][1]); };
  EXPECT_NEAR(share(0), 0.8174109666478236, 1e-12);
  EXPECT_NEAR(share(4), 0.7164637749674979, 1e-12);
  EXPECT_NEAR(share(11), 0.66661227154047, 1e-12);
  double sum = 0.0;
  for (const auto& pair : costs) sum += pair[0] + pair[1];
  EXPECT_NEAR(sum, 12.0, 1e-12);  // as heavy as .7 + .3 at each position
}

TEST(PositionCosts, OfTheReleasedCodeAreConstant) {
  for (const auto& pair : position_costs(SearchSpace{}, ComplexityCost::kConstants)) {
    EXPECT_EQ(pair, (std::array<double, 2>{0.7, 0.3}));
  }
}

TEST(NormalizedCosts, RefuseWhatIsNoCost) {
  EXPECT_THROW(normalized_costs({{0.0, 0.0}}), std::invalid_argument);
  EXPECT_THROW(normalized_costs({{1.0, -1.0}}), std::invalid_argument);
  EXPECT_THROW(normalized_costs({{1.0, NAN}}), std::invalid_argument);
}

}  // namespace
}  // namespace bench::clearer
