#include "stages/exchange/stage_state.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace bench::exchange {
namespace {

TEST(StageState, HasTheWordsOfTheDesign) {
  // The words of docs/design.md, in the order of the enumeration.
  const std::vector<std::string_view> words = {"queued",    "running", "done",
                                               "cached",    "failed",  "lost",
                                               "timed out", "skipped", "interrupted"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(to_string(static_cast<StageState>(i)), words[i]);
    EXPECT_EQ(parse_stage_state(words[i]), static_cast<StageState>(i));
  }
}

TEST(StageState, RefusesAnUnknownWordWithTheKnownOnes) {
  try {
    parse_stage_state("Done");
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("\"Done\""), std::string::npos) << message;
    EXPECT_NE(message.find("queued, running, done"), std::string::npos) << message;
  }
}

TEST(StageState, IsOpenUntilThereIsAnOutcomeAndBadWhereNoResultComes) {
  EXPECT_TRUE(is_open(StageState::kQueued));
  EXPECT_TRUE(is_open(StageState::kRunning));
  EXPECT_FALSE(is_open(StageState::kCached));
  EXPECT_FALSE(is_open(StageState::kSkipped));
  for (const auto bad : {StageState::kFailed, StageState::kLost, StageState::kTimedOut}) {
    EXPECT_TRUE(is_bad(bad));
  }
  for (const auto good : {StageState::kDone, StageState::kSkipped, StageState::kInterrupted}) {
    EXPECT_FALSE(is_bad(good));
  }
}

}  // namespace
}  // namespace bench::exchange
