#pragma once

#include <cstdint>
#include <string_view>

namespace bench::exchange {

/// The life of a stage, as drawn in docs/design.md. Failed: the method did (non-zero exit, not a
/// number). Lost: the machine did (killed, node gone); it is tried again. Timed out: it took longer
/// than a stage may. Skipped: it needs one of these.
enum class StageState : std::uint8_t {
  kQueued,
  kRunning,
  kDone,
  kCached,
  kFailed,
  kLost,
  kTimedOut,
  kSkipped,
  kInterrupted,
};

/// The words of the database, of `--json` and of people: "queued", "running", "timed out", ...
std::string_view to_string(StageState state);

/// Inverse of `to_string`. \throws std::invalid_argument naming the word and those that are known.
StageState parse_stage_state(std::string_view word);

/// Queued or running: the stage has no outcome yet.
bool is_open(StageState state);

/// Failed, lost or timed out: there will be no result.
bool is_bad(StageState state);

}  // namespace bench::exchange
