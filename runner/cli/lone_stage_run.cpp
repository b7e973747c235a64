#include "runner/cli/lone_stage_run.h"

#include <unistd.h>

#include <iostream>

#include "runner/carry_out/programs.h"
#include "runner/cli/interrupt.h"
#include "runner/execute/lone_stage.h"
#include "runner/launch/process_launcher.h"

namespace bench::runner {

std::optional<exchange::StageResult> run_stage_alone(const exchange::StageRequest& request,
                                                     const std::string& doing,
                                                     const std::filesystem::path& program) {
  ProcessLauncher launcher(program.empty() ? stage_program() : program);
  LoneStageWatch watch{.interrupted = listen_for_interrupts()};
  const bool on_terminal = ::isatty(STDERR_FILENO) != 0;
  if (on_terminal) {
    watch.progressed = [&](const exchange::Progress& progress) {
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
