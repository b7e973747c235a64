#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "baselines/networks/cell.h"
#include "golden.h"

namespace bench::baselines {
namespace {

const nlohmann::json& hinas_case(const nlohmann::json& file, const std::string& beginning) {
  for (const auto& [name, expected] : file.at("cases").items()) {
    if (name.starts_with(beginning)) return expected;
  }
  throw std::runtime_error("the reference file has no case \"" + beginning + "...\"");
}

/// "con_c_3x3_leaky" -> "con_3x3", "skip_connect" -> "skip".
std::string our_name(const std::string& theirs) {
  static const std::map<std::string, std::string> names{{"con_c_3x3_leaky", "con_3x3"},
                                                        {"sep_c_3x3_leaky", "sep_3x3"},
                                                        {"sep_c_5x5_leaky", "sep_5x5"},
                                                        {"dil_c_3x3_leaky", "dil_3x3"},
                                                        {"dil_c_5x5_leaky", "dil_5x5"},
                                                        {"skip_connect", "skip"},
                                                        {"none", "none"}};
  return names.at(theirs);
}

struct TwoStates {
  torch::Tensor first;
  torch::Tensor second;
};

/// Half of the channels each; the reference hands s1 in before s0.
TwoStates golden_states(const nlohmann::json& expected) {
  auto shape = expected.at("shape").get<std::vector<std::int64_t>>();
  shape[1] = 12;
  const auto input = formula_input(shape);
  return {input.slice(1, 6, 12), input.slice(1, 0, 6)};
}

constexpr CellOperationOptions kSixChannels{.space = CellSpace::kHiNas, .channels = 6};

TEST(HiNasGolden, DerivedCellWithEveryOperation) {
  const auto file = reference_json("BENCH_BASELINE_GOLDEN", "baseline_golden.json");
  const auto& expected = hinas_case(file, "HiNAS FixCell");
  Genotype genotype;
  for (const auto& edge : expected.at("genotype")) {
    genotype.edges.push_back({our_name(edge[0]), edge[1].get<std::size_t>()});
  }
  DerivedCell cell(genotype, kSixChannels);
  cell->to(torch::kFloat64);
  formula_init(*cell, expected.at("named_parameters"));
  EXPECT_EQ(parameter_count(*cell), expected.at("num_params").get<std::int64_t>());
  for (const char* mode : {"eval", "train"}) {
    SCOPED_TRACE(mode);
    cell->train(std::string(mode) == "train");
    const auto states = golden_states(expected.at(mode));
    expect_golden(cell->forward(states.first, states.second), expected.at(mode));
  }
}

TEST(HiNasGolden, SearchedCell) {
  const auto file = reference_json("BENCH_BASELINE_GOLDEN", "baseline_golden.json");
  const auto& expected = hinas_case(file, "HiNAS supernet Cell");
  std::vector<std::string> primitives;
  for (const auto& name : expected.at("primitives")) primitives.push_back(our_name(name));
  EXPECT_EQ(primitives, operation_names(CellSpace::kHiNas));
  auto options = kSixChannels;
  options.affine = false;
  SearchedCell cell(options);
  cell->to(torch::kFloat64);
  formula_init(*cell, expected.at("named_parameters"));
  auto logits = torch::empty({14, 7}, torch::kFloat64);
  for (int k = 0; k < 14 * 7; ++k) logits.data_ptr<double>()[k] = 0.5 * std::sin(0.9 * k + 0.2);
  for (const char* mode : {"eval", "train"}) {
    SCOPED_TRACE(mode);
    cell->train(std::string(mode) == "train");
    const auto states = golden_states(expected.at(mode));
    expect_golden(cell->forward(states.first, states.second, torch::softmax(logits, 1)),
                  expected.at(mode));
  }
}

std::int64_t operation_parameters(const std::string& name, const CellOperationOptions& options) {
  return parameter_count(*make_cell_operation(name, options));
}

TEST(HiNasOperations, HaveTheReferenceCountsAtEveryWidth) {
  const auto file = reference_json("BENCH_BASELINE_PARAMS", "baseline_params.json");
  for (const std::int64_t channels : {10, 20, 30, 40}) {
    const auto& counts = file.at("HiNAS op params C=" + std::to_string(channels) + " (affine)");
    for (const auto& [name, count] : counts.items()) {
      EXPECT_EQ(
          operation_parameters(our_name(name), {.space = CellSpace::kHiNas, .channels = channels}),
          count.get<std::int64_t>())
          << name << " at " << channels;
    }
  }
}

TEST(DartsOperations, HaveTheCountsOfTheirDefinitions) {
  const std::int64_t c = 32;
  const CellOperationOptions options{.space = CellSpace::kDarts, .channels = c};
  // Twice (depthwise k x k, 1x1, scale and offset); once where dilated; nothing in the others.
  EXPECT_EQ(operation_parameters("sep_3x3", options), 2 * (9 * c + c * c + 2 * c));
  EXPECT_EQ(operation_parameters("sep_5x5", options), 2 * (25 * c + c * c + 2 * c));
  EXPECT_EQ(operation_parameters("dil_3x3", options), 9 * c + c * c + 2 * c);
  EXPECT_EQ(operation_parameters("dil_5x5", options), 25 * c + c * c + 2 * c);
  for (const char* name : {"none", "skip", "max_pool_3x3", "avg_pool_3x3"}) {
    EXPECT_EQ(operation_parameters(name, options), 0) << name;
  }
  EXPECT_EQ(operation_names(CellSpace::kDarts).size(), 8u);
}

TEST(CellOperations, KeepTheShapeAndNoneGivesZeros) {
  const auto features = torch::rand({2, 4, 9, 7});
  for (const auto space : {CellSpace::kHiNas, CellSpace::kDarts}) {
    for (const auto& name : operation_names(space)) {
      auto operation = make_cell_operation(name, {.space = space, .channels = 4});
      const auto output = operation->forward(features);
      EXPECT_EQ(output.sizes(), features.sizes()) << name;
      if (name == "none") {
        EXPECT_EQ(output.abs().sum().item<float>(), 0.0F);
      }
    }
  }
}

}  // namespace
}  // namespace bench::baselines
