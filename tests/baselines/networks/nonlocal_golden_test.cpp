#include <gtest/gtest.h>

#include "baselines/networks/n3net.h"
#include "baselines/networks/nlrn.h"
#include "golden.h"

namespace bench::baselines {
namespace {

using Made = std::shared_ptr<training::RestorationNetwork>;

Made make_nonlocal(const std::string& name, const nlohmann::json& options, std::int64_t channels) {
  const auto number = [&](const char* key) { return options.at(key).get<std::int64_t>(); };
  if (name.starts_with("nlrn")) {
    return std::make_shared<Nlrn>(NlrnOptions{.image_channels = channels,
                                              .features = number("features"),
                                              .steps = number("steps"),
                                              .window = number("window")});
  }
  return std::make_shared<N3Net>(N3NetOptions{.image_channels = channels,
                                              .features = number("features"),
                                              .depth = number("depth"),
                                              .block = {.neighbors = number("count")}});
}

TEST(NonlocalGolden, BothNetworksGiveTheForwardOfTheirWrittenOutEquations) {
  const auto file = reference_json("BENCH_NONLOCAL_REFERENCE", "nonlocal_reference.json");
  ASSERT_EQ(file.at("cases").size(), 5U);
  for (const auto& [name, expected] : file.at("cases").items()) {
    SCOPED_TRACE(name);
    const auto shape = expected.at("eval").at("shape").get<std::vector<std::int64_t>>();
    const auto network = make_nonlocal(name, expected.at("options"), shape[1]);
    network->to(torch::kFloat64);
    formula_init(*network, expected.at("named_parameters"));
    EXPECT_EQ(parameter_count(*network), expected.at("num_params").get<std::int64_t>());
    const torch::NoGradGuard no_grad;
    for (const char* mode : {"eval", "train"}) {
      SCOPED_TRACE(mode);
      network->train(std::string(mode) == "train");
      expect_golden(network->forward(formula_input(shape)), expected.at(mode));
    }
  }
}

}  // namespace
}  // namespace bench::baselines
