#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "runner/cli/commands.h"
#include "runner/launch/slurm_task.h"

namespace bench::runner {
namespace {

std::atomic<bool> asked_to_stop{false};

// Slurm asks more than once; an interrupt handler that ends the program the second time would cost
// the checkpoint.
void listen() {
  struct sigaction action {};
  action.sa_handler = [](int) { asked_to_stop = true; };
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

// 0 where the job has no tasks.
int task_number() {
  int task = 0;
  if (const char* text = std::getenv("SLURM_ARRAY_TASK_ID")) {
    std::from_chars(text, text + std::strlen(text), task);
  }
  return task;
}

}  // namespace

// Called by the jobs of SlurmLauncher, see sbatch_arguments; in no list of commands.
int slurm_task_command(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: bench slurm-task FOLDER TOKEN STAGE_PROGRAM, as a job of Slurm\n";
    return kExitBadInput;
  }
  listen();
  return carry_out_slurm_task(argv[1], argv[2], task_number(), argv[3], asked_to_stop);
}

}  // namespace bench::runner
