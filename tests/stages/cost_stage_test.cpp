// The memory on record is of the computation that restores images, not of a plainer one.
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "carried_out.h"
#include "stages/network.h"
#include "training/complexity.h"
#include "training/inference.h"

namespace bench::stages {
namespace {

using training::InferenceOptions;

exchange::CostStage clearer_cost() {
  return {.network = {.kind = "clearer",
                      .space = {.channels = {8, 16}, .modules = {1, 2}},
                      .architecture = "PF"},
          .height = 32,
          .width = 48,
          .repetitions = 2};
}

double quantity_of(const CarriedOut& stage, const std::string& name) {
  for (const auto& one : stage.result.quantities) {
    if (one.name == name) return one.value;
  }
  ADD_FAILURE() << "no " << name;
  return 0;
}

/// Most bytes of tensors that restoring holds, measured apart.
double restoring_bytes(const exchange::CostStage& cost, const InferenceOptions& options) {
  const training::Restorer restorer(make_network(cost.network, cost.channels, 0), options);
  const auto image = torch::rand({1, cost.channels, cost.height, cost.width});
  return static_cast<double>(
      training::peak_bytes(torch::kCPU, [&] { const auto restored = restorer.restore(image); }));
}

TEST(CostStage, CountsTheActivationsOfWhatRestores) {
  const StageFolders folders;
  auto cost = clearer_cost();
  const auto measured = [&](const std::string& name) {
    return quantity_of(carried_out(folders.make(name, "cost", exchange::to_json(cost))),
                       "activation_bytes");
  };
  const double usual = measured("usual");
  EXPECT_EQ(usual, restoring_bytes(cost, {}));
  EXPECT_NE(usual, restoring_bytes(cost, {.fold_batch_norms = false})) << "shows nothing";
  cost.machine.precision = training::Precision::kBfloat16;
  const double in_bf16 = measured("bf16");
  EXPECT_EQ(in_bf16, restoring_bytes(cost, {.precision = training::Precision::kBfloat16}));
  EXPECT_NE(in_bf16, usual);
}

}  // namespace
}  // namespace bench::stages
