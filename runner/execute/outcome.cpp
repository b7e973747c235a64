#include "runner/execute/outcome.h"

#include <csignal>
#include <cstring>
#include <fstream>

#include "core/text/visible_text.h"
#include "stages/exchange/result.h"

namespace bench::runner {
namespace {

std::string last_line_of_log(const std::filesystem::path& stage_folder) {
  std::ifstream log(stage_folder / "stage.log");
  std::string last;
  for (std::string line; std::getline(log, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

// These come from outside: an operator, the kernel out of memory, a machine going down. The others
// (SIGSEGV, SIGABRT, SIGFPE, ...) are what the program did itself.
bool is_from_outside(int signal) {
  return signal == SIGKILL || signal == SIGTERM || signal == SIGHUP || signal == SIGINT;
}

}  // namespace

StageVerdict judge(const StageExit& ended, const std::filesystem::path& stage_folder) {
  if (ended.signal != 0) {
    const std::string by = std::string("ended by signal ") + std::to_string(ended.signal) + " (" +
                           ::strsignal(ended.signal) + ")";
    if (ended.signal == SIGKILL) {
      return {StageState::kLost, by + "; the machine may have run out of memory"};
    }
    return {is_from_outside(ended.signal) ? StageState::kLost : StageState::kFailed, by};
  }
  if (ended.code == exchange::kInterruptedExit) {
    return {StageState::kLost, "stopped by a signal from outside"};
  }
  if (const auto reason = exchange::read_failure(stage_folder)) {
    return {StageState::kFailed, text::visible_lines(*reason)};
  }
  const std::string line = last_line_of_log(stage_folder);
  return {StageState::kFailed,
          "exit code " + std::to_string(ended.code) +
              (line.empty() ? "; its log is empty" : ": " + text::visible_text(line))};
}

}  // namespace bench::runner
