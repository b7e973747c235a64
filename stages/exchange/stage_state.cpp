#include "stages/exchange/stage_state.h"

#include <array>
#include <stdexcept>
#include <string>

namespace bench::exchange {
namespace {

// In the order of the values.
constexpr std::array<std::string_view, 9> kWords = {
    "queued", "running", "done", "cached", "failed", "lost", "timed out", "skipped", "interrupted",
};

}  // namespace

std::string_view to_string(StageState state) {
  return kWords.at(static_cast<std::size_t>(state));
}

StageState parse_stage_state(std::string_view word) {
  std::string known;
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<StageState>(i);
    known.append(known.empty() ? "" : ", ").append(kWords[i]);
  }
  throw std::invalid_argument("stage state: expected one of " + known + "; found \"" +
                              std::string(word) + "\"");
}

bool is_open(StageState state) {
  return state == StageState::kQueued || state == StageState::kRunning;
}

bool is_bad(StageState state) {
  return state == StageState::kFailed || state == StageState::kLost ||
         state == StageState::kTimedOut;
}

}  // namespace bench::exchange
