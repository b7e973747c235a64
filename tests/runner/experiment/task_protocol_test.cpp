#include "runner/experiment/task_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "runner/plan/plan.h"
#include "stages/exchange/settings.h"
#include "tests/runner/example_experiment.h"

namespace bench::runner {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const char* const kPlain = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";
const char* const kFloatNoise = "psnr(space=rgb,round=none,crop=0,agg=image-mean,noise=awgn-float)";

TEST(TaskProtocol, HasTheNoiseOfItsTask) {
  EXPECT_EQ(protocol_on(kPlain, {.kind = "gaussian", .noise = "awgn-float"}), kFloatNoise);
  EXPECT_EQ(protocol_on(kPlain, {.kind = "gaussian", .noise = "awgn-clip-truncate"}),
            "psnr(space=rgb,round=none,crop=0,agg=image-mean,noise=awgn-clip-truncate)");
  EXPECT_EQ(protocol_on(kPlain, {.kind = "rain", .noise = "none"}), kPlain);
}

TEST(TaskProtocol, StandsInEveryEvaluation) {
  const auto experiment = read_example(example_experiment());
  EXPECT_THAT(experiment.protocols, ElementsAre(kPlain)) << "one name for all tasks";
  for (const auto& stage :
       make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds).stages) {
    if (stage.kind != "evaluate") continue;
    const auto settings = exchange::parse_evaluate_stage(stage.settings_json);
    EXPECT_THAT(settings.protocols, ElementsAre(stage.task == "denoise" ? kFloatNoise : kPlain))
        << stage.name;
  }
}

TEST(TaskProtocol, MayBeNamedWithTheNoiseThatAllTasksHave) {
  auto content = example_experiment();
  content["protocols"] = {"kair"};
  EXPECT_THAT(refusal_of(content.dump(2)),
              HasSubstr("protocols[0]: expected a protocol with the noise of task \"derain\""));
  content["tasks"][1] = {{"id", "derain"}, {"degradation", {{"kind", "gaussian"}, {"sigma", 30}}}};
  for (const char* part : {"train", "test"}) {
    content["profiles"]["quick"]["data"]["derain"][part] =
        content["profiles"]["quick"]["data"]["denoise"][part];
  }
  content["claims"][0]["protocol"] = "psnr(round=u8,noise=awgn-float)";
  const auto experiment = read_example(content);
  ASSERT_EQ(experiment.protocols.size(), 2U);
  EXPECT_EQ(experiment.protocols[0], "psnr(space=rgb,round=u8,crop=0,agg=image-mean)");
  EXPECT_THAT(experiment.claims.at(0).protocol, HasSubstr("noise=awgn-float"));
}

TEST(TestNoise, IsDrawnForEachSeedWhereTheProfileSaysSo) {
  auto content = example_experiment();
  content["profiles"]["quick"]["test_noise"] = "each-seed";
  const auto experiment = read_example(content);
  std::set<std::string> bm3d, degraded;
  for (const auto& stage :
       make_plan(experiment, profile_of(experiment, "quick"), experiment.seeds).stages) {
    if (stage.kind != "evaluate") continue;
    const auto settings = exchange::parse_evaluate_stage(stage.settings_json);
    EXPECT_EQ(settings.noise_seed, stage.task == "denoise" ? stage.seed : 0U) << stage.name;
    if (stage.contestant == "bm3d") bm3d.insert(stage.name);
    if (stage.contestant == "degraded") degraded.insert(stage.name);
  }
  EXPECT_THAT(bm3d,
              ElementsAre("evaluate bm3d on denoise, seed 1", "evaluate bm3d on denoise, seed 2"));
  EXPECT_THAT(degraded,
              ElementsAre("evaluate degraded on denoise, seed 1",
                          "evaluate degraded on denoise, seed 2", "evaluate degraded on derain"))
      << "rain is given";
}

}  // namespace
}  // namespace bench::runner
