#include "clearer/space/search_options.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace bench::clearer {
namespace {

TEST(StepsPerEpoch, DivideTheStepsIntoAtLeastSoManyEpochs) {
  const auto found = [](std::int64_t steps, std::int64_t epochs) {
    SearchOptions options;
    options.weights.steps = steps;
    options.epochs = epochs;
    return steps_per_epoch(options);
  };
  EXPECT_EQ(found(240, 60), 4);
  EXPECT_EQ(found(12, 3), 4);
  EXPECT_EQ(found(6, 60), 1) << "fewer steps than epochs";
  EXPECT_EQ(found(127, 60), 1) << "127 is prime";
  EXPECT_EQ(found(130, 60), 2);
}

TEST(SearchOptions, NamesTheImpossibleValue) {
  SearchOptions options;
  options.weights.steps = 1;
  EXPECT_NO_THROW(validate(options));
  options.warm_up_fraction = 1;
  try {
    validate(options);
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("warm_up_fraction is 1"), std::string::npos);
  }
  options.warm_up_fraction = 0;
  options.strategy = StrategyKind::kExhaustive;
  EXPECT_NO_THROW(validate(options, SearchSpace{}));
  EXPECT_THROW(validate(options, SearchSpace{.modules = {2, 4, 4, 5}}), std::invalid_argument);
}

}  // namespace
}  // namespace bench::clearer
