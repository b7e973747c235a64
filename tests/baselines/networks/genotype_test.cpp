#include "baselines/networks/genotype.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace bench::baselines {
namespace {

const char* const kText =
    "con_3x3@0 sep_3x3@1 | sep_5x5@0 dil_3x3@2 | dil_5x5@1 skip@3 | con_3x3@4 skip@0";

TEST(Genotype, ReadsBackItsText) {
  const auto genotype = parse_genotype(CellSpace::kHiNas, kText);
  EXPECT_EQ(genotype.edges[3], (CellEdge{"dil_3x3", 2}));
  EXPECT_EQ(to_string(genotype), kText);
}

TEST(Genotype, NamesWhatIsWrong) {
  const auto refusal = [](const std::string& text) -> std::string {
    try {
      parse_genotype(CellSpace::kHiNas, text);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(refusal("con_3x3@0").find("expected 8 edges, found 1"), std::string::npos);
  EXPECT_NE(refusal("con_3x3@2").find("state from 0 to 1"), std::string::npos);
  EXPECT_NE(refusal("con_3x3@x").find("state from 0 to 1"), std::string::npos);
  EXPECT_NE(refusal("none@0").find("never kept"), std::string::npos);
  EXPECT_NE(refusal("max_pool_3x3@0").find("not one of the cell's"), std::string::npos);
  EXPECT_NE(refusal("con_3x3@0 | con_3x3@0").find("bar"), std::string::npos);
  EXPECT_NE(refusal(std::string(kText) + " ").find("expected it as"), std::string::npos);
}

TEST(DeriveGenotype, KeepsTheTwoStrongestEdgesOfEachNode) {
  const auto& names = operation_names(CellSpace::kHiNas);
  std::vector<std::vector<double>> weights(kCellEdges, std::vector<double>(names.size(), 0.1));
  weights[0][operation_index(CellSpace::kHiNas, "skip")] = 0.3;     // node 0, state 0
  weights[1][operation_index(CellSpace::kHiNas, "sep_5x5")] = 0.2;  // node 0, state 1
  weights[2][operation_index(CellSpace::kHiNas, "none")] = 0.9;     // node 1, state 0: ignored
  weights[4][operation_index(CellSpace::kHiNas, "dil_3x3")] = 0.4;  // node 1, state 2
  weights[3][operation_index(CellSpace::kHiNas, "con_3x3")] = 0.2;  // node 1, state 1
  const auto genotype = derive_genotype(CellSpace::kHiNas, weights);
  // Nodes 2 and 3: all equal, so the first operation on the first two states.
  EXPECT_EQ(to_string(genotype),
            "skip@0 sep_5x5@1 | dil_3x3@2 con_3x3@1 | con_3x3@0 con_3x3@1 | con_3x3@0 con_3x3@1");
}

TEST(DeriveGenotype, RefusesAnotherShape) {
  EXPECT_THROW(derive_genotype(CellSpace::kHiNas, {{1.0}}), std::invalid_argument);
}

}  // namespace
}  // namespace bench::baselines
