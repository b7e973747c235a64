#include "runner/execute/outcome.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>

#include "core/text/visible_text.h"
#include "stages/exchange/exit_codes.h"
#include "stages/exchange/result.h"

namespace bench::runner {
namespace {

// For a line on a terminal and a cell of a report.
std::string shortened(std::string text) {
  constexpr std::size_t kLongest = 1000;
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return text;
}

// A log may be of any size, also in one line: only its end is read.
std::string last_line_of_log(const std::filesystem::path& stage_folder) {
  constexpr std::streamoff kEnough = 64 * 1024;
  std::ifstream log(stage_folder / "stage.log", std::ios::binary);
  log.seekg(0, std::ios::end);
  const std::streamoff size = log.tellg();
  log.seekg(std::max<std::streamoff>(0, size - kEnough));
  std::string last;
  for (std::string line; std::getline(log, line);) {
    if (!line.empty()) last = line;
  }
  return text::visible_text(shortened(last));
}

// These come from outside: an operator, the kernel out of memory, a machine going down. The others
// (SIGSEGV, SIGABRT, SIGFPE, ...) are what the program did itself.
bool is_from_outside(int signal) {
  return signal == SIGKILL || signal == SIGTERM || signal == SIGHUP || signal == SIGINT;
}

}  // namespace

StageVerdict judge(const StageExit& ended, const std::filesystem::path& stage_folder) {
  if (!ended.lost.empty()) {
    return {.state = StageState::kLost,
            .reason = text::visible_lines(shortened(ended.lost)),
            .out_of_memory = ended.out_of_memory};
  }
  if (ended.signal == SIGKILL && ended.out_of_memory) {
    return {.state = StageState::kLost,
            .reason =
                "killed by the system, which ran out of memory; use a smaller batch or patch, "
                "or fewer stages side by side (bench run --threads 1)",
            .out_of_memory = true};
  }
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
    return {.state = StageState::kFailed,
            .reason = text::visible_lines(shortened(*reason)),
            .out_of_memory = ended.code == exchange::kOutOfMemoryExit};
  }
  const std::string line = last_line_of_log(stage_folder);
  return {StageState::kFailed,
          "exit code " + std::to_string(ended.code) +
              (line.empty() ? "; its log is empty" : ": " + text::visible_text(line))};
}

}  // namespace bench::runner
