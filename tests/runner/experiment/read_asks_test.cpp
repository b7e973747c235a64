#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runner/example_experiment.h"

namespace bench::runner {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

json asking(const json& ask) {
  auto content = example_experiment();
  content["asks"] = json::array({ask});
  return content;
}

Ask ask_of(const json& ask) {
  return read_example(asking(ask)).asks.at(0);
}

TEST(ReadAsks, FillsInTheTasksOfBothAndTheLeadingProtocol) {
  const auto ask = ask_of({{"kind", "better"}, {"contestant", "fusion"}, {"other", "dncnn"}});
  EXPECT_EQ(ask.kind, AskKind::kBetter);
  EXPECT_THAT(ask.others, ElementsAre("dncnn"));
  EXPECT_THAT(ask.tasks, ElementsAre("denoise", "derain"));
  EXPECT_EQ(ask.protocol, "psnr(space=rgb,round=none,crop=0,agg=image-mean)");
  // BM3D takes part in one of them.
  EXPECT_THAT(
      ask_of({{"kind", "better"}, {"contestant", "fusion"}, {"others", {"dncnn", "bm3d"}}}).tasks,
      ElementsAre("denoise"));
}

TEST(ReadAsks, ReadsEachKind) {
  const auto equal =
      ask_of({{"kind", "equal"}, {"contestant", "fusion"}, {"other", "dncnn"}, {"margin", 0.1}});
  EXPECT_EQ(equal.margin, 0.1);
  const auto cost = ask_of({{"kind", "correlates"}, {"quantity", "macs"}, {"task", "derain"}});
  EXPECT_EQ(cost.quantity, "macs");
  EXPECT_THAT(cost.tasks, ElementsAre("derain"));
  EXPECT_EQ(
      ask_of({{"kind", "correlates"}, {"task", "derain"}, {"with_task", "denoise"}}).with_task,
      "denoise");
}

// What is asked decides nothing that is computed.
TEST(ReadAsks, ChangesNoProfile) {
  const auto plain = read_example(example_experiment());
  const auto asked = read_example(asking({{"kind", "correlates"}, {"quantity", "macs"}}));
  EXPECT_TRUE(plain.asks.empty());
  EXPECT_EQ(plain.protocols, asked.protocols);
  EXPECT_EQ(plain.seeds, asked.seeds);
}

TEST(ReadAsks, NamesWhatIsWrong) {
  const auto refusal = [](const json& ask) { return refusal_of(asking(ask).dump(2)); };
  EXPECT_THAT(refusal({{"kind", "bettr"}, {"contestant", "fusion"}, {"other", "dncnn"}}),
              HasSubstr("did you mean \"better\"?"));
  EXPECT_THAT(refusal({{"kind", "better"}, {"contestant", "fusoin"}, {"other", "dncnn"}}),
              HasSubstr("did you mean \"fusion\"?"));
  EXPECT_THAT(refusal({{"kind", "better"}, {"contestant", "fusion"}, {"other", "fusion"}}),
              HasSubstr("another contestant than the one it is compared with"));
  EXPECT_THAT(refusal({{"kind", "better"}, {"contestant", "mixed"}, {"other", "bm3d"}}),
              HasSubstr("scored on one task"));
  EXPECT_THAT(refusal({{"kind", "equal"}, {"contestant", "fusion"}, {"other", "dncnn"}}),
              HasSubstr("margin"));
  EXPECT_THAT(refusal({{"kind", "differs"}, {"contestant", "searched"}, {"other", "dncnn"}}),
              HasSubstr("\"dncnn\" is not searched"));
  EXPECT_THAT(refusal({{"kind", "correlates"}, {"quantity", "macs"}, {"with_task", "derain"}}),
              HasSubstr("either \"quantity\" or \"with_task\""));
  EXPECT_THAT(refusal({{"kind", "correlates"}, {"quantity", "parameter"}}),
              HasSubstr("did you mean \"parameters\"?"));
}

}  // namespace
}  // namespace bench::runner
