#include "clearer/losses/architecture_losses.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <cmath>
#include <numbers>

namespace bench::clearer {
namespace {

torch::Tensor logits_of(std::initializer_list<double> values) {
  return torch::tensor(std::vector<double>(values), torch::kFloat64)
      .reshape({-1, 2})
      .requires_grad_();
}

double paper_entropy(const torch::Tensor& logits, EntropySign sign = EntropySign::kMinus) {
  return architecture_loss(logits, EntropyForm::kPaper, sign).item<double>();
}

TEST(ArchitectureLoss, AtOneHalfIsItsClosedForm) {
  // Both a^p and a^f give ln 2 per position.
  EXPECT_NEAR(paper_entropy(logits_of({0.3, 0.3, -1.0, -1.0})), 2.0 * std::numbers::ln2, 1e-14);
  // The released form is a mean of -log10: .30103.
  EXPECT_NEAR(
      architecture_loss(logits_of({0.3, 0.3}), EntropyForm::kAsReleased, EntropySign::kMinus)
          .item<double>(),
      std::log10(2.0), 1e-14);
}

TEST(ArchitectureLoss, EqualsTheEquationTermByTerm) {
  const auto logits = logits_of({0.4, -0.7, 2.0, 1.0, -3.0, 0.5});
  const auto a = torch::softmax(logits, 1);
  const auto sum = (a * a.log() + (1 - a) * (1 - a).log()).sum() / 3.0;
  EXPECT_NEAR(paper_entropy(logits), -sum.item<double>(), 1e-13);
  EXPECT_NEAR(paper_entropy(logits, EntropySign::kPlus), sum.item<double>(), 1e-13);
  EXPECT_EQ(paper_entropy(logits, EntropySign::kNone), 0.0);
}

TEST(ArchitectureLoss, IsFiniteAndFlatWhereProbabilitiesSaturate) {
  for (const double gap : {40.0, 800.0, 1e6}) {
    const auto logits = logits_of({gap, 0.0, -gap, 0.0});
    const auto loss = architecture_loss(logits, EntropyForm::kPaper, EntropySign::kMinus);
    EXPECT_NEAR(loss.item<double>(), 0.0, 1e-14) << gap;
    loss.backward();
    EXPECT_LT(logits.grad().abs().max().item<double>(), 1e-14) << gap;
  }
  const auto single = torch::tensor({{200.0F, 0.0F}}, torch::requires_grad());
  architecture_loss(single, EntropyForm::kAsReleased, EntropySign::kMinus).backward();
  EXPECT_TRUE(torch::isfinite(single.grad()).all().item<bool>());
}

TEST(ArchitectureLoss, GradientEqualsFiniteDifferences) {
  for (const auto form : {EntropyForm::kPaper, EntropyForm::kAsReleased}) {
    const auto logits = logits_of({0.4, -0.7, 9.0, 1.0});
    architecture_loss(logits, form, EntropySign::kMinus).backward();
    const double step = 1e-6;
    for (std::int64_t i = 0; i < 4; ++i) {
      auto above = logits.detach().clone(), below = logits.detach().clone();
      above.view(-1)[i] += step;
      below.view(-1)[i] -= step;
      const auto value = [&](const torch::Tensor& at) {
        return architecture_loss(at, form, EntropySign::kMinus).item<double>();
      };
      EXPECT_NEAR(logits.grad().view(-1)[i].item<double>(),
                  (value(above) - value(below)) / (2 * step), 1e-9);
    }
  }
}

TEST(ArchitectureLoss, MinusSharpensAndPlusLevels) {
  for (const auto sign : {EntropySign::kMinus, EntropySign::kPlus}) {
    const auto logits = logits_of({0.2, 0.0});
    architecture_loss(logits, EntropyForm::kPaper, sign).backward();
    // Descent moves against the gradient: a negative slope widens the gap.
    const double slope = logits.grad()[0][0].item<double>();
    EXPECT_EQ(slope < 0.0, sign == EntropySign::kMinus);
  }
}

TEST(ComplexityLoss, IsTheMeanExpectedCost) {
  const auto costs = torch::tensor({{0.7, 0.3}, {1.0, 3.0}}, torch::kFloat64);
  const auto loss = complexity_loss(logits_of({0.0, 0.0, 800.0, 0.0}), costs);
  EXPECT_NEAR(loss.item<double>(), (0.5 + 1.0) / 2.0, 1e-14);
}

}  // namespace
}  // namespace bench::clearer
