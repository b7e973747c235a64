#include "runner/launch/process_launcher.h"

#include <sys/wait.h>

#include <boost/process.hpp>
#include <csignal>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace bench::runner {
namespace {

namespace process = boost::process;

class RunningProcess : public RunningStage {
 public:
  RunningProcess(const std::filesystem::path& program, const std::filesystem::path& folder)
      // A group of its own: Ctrl-C reaches the runner, which ends its stages in order.
      : child_(program.string(), "--die-with-parent", folder.string(),
               process::std_in<process::null, (process::std_out & process::std_err)>(folder /
                                                                                     "stage.log")
                   .string(),
               group_) {}

  std::optional<StageExit> poll() override {
    if (child_.running()) return std::nullopt;
    const int status = child_.native_exit_code();
    if (WIFSIGNALED(status)) return StageExit{.code = 0, .signal = WTERMSIG(status)};
    return StageExit{.code = WEXITSTATUS(status), .signal = 0};
  }

  void interrupt() override { send(SIGTERM); }
  void kill() override { send(SIGKILL); }

 private:
  void send(int signal) {
    if (child_.running()) ::kill(child_.id(), signal);
  }

  process::group group_;
  process::child child_;
};

}  // namespace

ProcessLauncher::ProcessLauncher(std::filesystem::path stage_program)
    : stage_program_(std::move(stage_program)) {}

std::unique_ptr<RunningStage> ProcessLauncher::start(const std::filesystem::path& stage_folder) {
  try {
    return std::make_unique<RunningProcess>(stage_program_, stage_folder);
  } catch (const std::system_error& error) {
    throw std::runtime_error(stage_program_.string() +
                             ": cannot start the program: " + error.what());
  }
}

std::optional<std::string> output_of(const std::vector<std::string>& command) {
  try {
    process::ipstream output;
    // env looks the program up in PATH.
    process::child child("/usr/bin/env", process::args(command),
                         process::std_in<process::null, process::std_out> output,
                         process::std_err > process::null);
    // Read to the end before wait(): a child that fills the pipe would never exit.
    const std::string text{std::istreambuf_iterator<char>(output), {}};
    child.wait();
    if (child.exit_code() != 0) return std::nullopt;
    return text;
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

}  // namespace bench::runner
