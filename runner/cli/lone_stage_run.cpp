#include "runner/cli/lone_stage_run.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <iostream>

#include "runner/carry_out/programs.h"
#include "runner/execute/lone_stage.h"
#include "runner/launch/process_launcher.h"

namespace bench::runner {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

void note_interrupt(int) {
  interrupted = true;
}

void listen_for_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

std::optional<stage_files::StageResult> run_stage_alone(const stage_files::StageRequest& request,
                                                        const std::string& doing,
                                                        const std::filesystem::path& program) {
  listen_for_interrupts();
  ProcessLauncher launcher(program.empty() ? stage_program() : program);
  LoneStageWatch watch{.interrupted = interrupted};
  const bool on_terminal = ::isatty(STDERR_FILENO) != 0;
  if (on_terminal) {
    watch.progressed = [&](const stage_files::Progress& progress) {
      std::cerr << "\r\x1b[K" << doing << " " << progress.step << " of " << progress.steps
                << std::flush;
    };
  }
  try {
    auto result = carry_out_alone(launcher, request, watch);
    if (on_terminal) std::cerr << "\r\x1b[K" << std::flush;
    return result;
  } catch (...) {
    if (on_terminal) std::cerr << "\r\x1b[K" << std::flush;
    throw;
  }
}

}  // namespace bench::runner
