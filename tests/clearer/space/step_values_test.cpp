#include "clearer/space/step_values.h"

#include <gtest/gtest.h>

namespace bench::clearer {
namespace {

StepValues released(const std::string& architecture, double pixels) {
  return training_values(SearchSpace{}, parse_architecture(architecture), pixels);
}

// The counts that the released networks have (gray): tests/reference/clearer_reference.json.
TEST(StepValues, CountTheParametersOfTheReleasedNetworks) {
  EXPECT_EQ(released("PPPP|PPPP|PPPP", 1).parameters, 8'723'264);
  EXPECT_EQ(released("FFFF|FFFF|FFFF", 1).parameters, 4'361'536);
  EXPECT_EQ(released("PFPF|PFPF|PFPF", 1).parameters, 6'542'400);
  EXPECT_EQ(supernet_values(SearchSpace{}, 1, true).parameters, 12'558'144);
}

// By hand: widths 2, 4, one stem bottleneck, one cell of one module; 64 pixels.
TEST(StepValues, CountWhatATinyNetworkKeeps) {
  const SearchSpace space{.channels = {2, 4}, .modules = {1, 1}};
  const double stem = 2 * 2 + 2 * 2 + 2 * 8 + 8;  // a pixel: three rectified, one projection
  const double transition = 2 * 2 + 2 * 4 / 4.0;  // 8 -> 2, and 8 -> 4 at a quarter of the pixels
  const double parallel = 4 * 2 + 4 * 4 / 4.0;    // two rectified convolutions a branch
  const double head = 2 / 4.0 + 2 + 4;            // 4 -> 2 at the coarse one, the sum, batch
  const auto found = training_values(space, parse_architecture("P"), 64);
  EXPECT_DOUBLE_EQ(found.kept, 64 * (stem + transition + parallel + head));
  EXPECT_DOUBLE_EQ(found.largest, 64 * 8);
}

TEST(StepValues, GrowWithThePixels) {
  const auto one = released("PFPF|PFPF|PFPF", 1000), two = released("PFPF|PFPF|PFPF", 2000);
  EXPECT_DOUBLE_EQ(two.kept, 2 * one.kept);
  EXPECT_EQ(two.parameters, one.parameters);
}

TEST(StepValues, OfAnArchitectureYetToBeFoundLieBetweenTheExtremes) {
  const auto unknown = training_values(SearchSpace{}, std::nullopt, 1000);
  EXPECT_LT(unknown.kept, released("PPPP|PPPP|PPPP", 1000).kept);
  EXPECT_GT(unknown.kept, released("FFFF|FFFF|FFFF", 1000).kept);
}

// Branches beyond `branches` are not built, so they keep nothing.
TEST(StepValues, OfASingleScaleAreThoseOfOneResolution) {
  SearchSpace space{.channels = {8, 16, 32}, .modules = {1, 2, 2}};
  const auto all = supernet_values(space, 1000, true);
  space.branches = 1;
  EXPECT_LT(supernet_values(space, 1000, true).parameters, all.parameters / 4);
}

}  // namespace
}  // namespace bench::clearer
