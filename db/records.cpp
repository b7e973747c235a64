#include "db/records.h"

#include <array>
#include <stdexcept>

namespace bench::db {
namespace {

template <typename State>
struct Word {
  State state;
  std::string_view text;
};

constexpr std::array<Word<StageState>, 9> kStageWords = {{
    {StageState::kQueued, "queued"},
    {StageState::kRunning, "running"},
    {StageState::kDone, "done"},
    {StageState::kCached, "cached"},
    {StageState::kFailed, "failed"},
    {StageState::kLost, "lost"},
    {StageState::kTimedOut, "timed out"},
    {StageState::kSkipped, "skipped"},
    {StageState::kInterrupted, "interrupted"},
}};

constexpr std::array<Word<RunState>, 4> kRunWords = {{
    {RunState::kRunning, "running"},
    {RunState::kDone, "done"},
    {RunState::kFailed, "failed"},
    {RunState::kInterrupted, "interrupted"},
}};

template <typename Words, typename State>
std::string_view text_of(const Words& words, State state) {
  for (const auto& word : words) {
    if (word.state == state) return word.text;
  }
  throw std::invalid_argument("db::to_string: expected a listed state, found number " +
                              std::to_string(static_cast<int>(state)));
}

template <typename Words>
auto state_of(const Words& words, std::string_view what, std::string_view text) {
  std::string known;
  for (const auto& word : words) {
    if (word.text == text) return word.state;
    known.append(known.empty() ? "" : ", ").append(word.text);
  }
  throw std::invalid_argument(std::string(what) + " state: expected one of " + known +
                              "; found \"" + std::string(text) + "\"");
}

}  // namespace

std::string_view to_string(StageState state) {
  return text_of(kStageWords, state);
}

std::string_view to_string(RunState state) {
  return text_of(kRunWords, state);
}

StageState parse_stage_state(std::string_view word) {
  return state_of(kStageWords, "stage", word);
}

RunState parse_run_state(std::string_view word) {
  return state_of(kRunWords, "run", word);
}

bool is_open(StageState state) {
  return state == StageState::kQueued || state == StageState::kRunning;
}

}  // namespace bench::db
