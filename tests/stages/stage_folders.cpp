#include "stage_folders.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "stages/exchange/events.h"

namespace bench::stages {

namespace fs = std::filesystem;

StageFolders::StageFolders(std::int64_t channels) {
  std::string name = (fs::temp_directory_path() / "bench-stages-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + " cannot be made");
  root_ = name;
  const auto folder =
      make("data", "prepare", exchange::to_json(exchange::PrepareStage{task(channels)}));
  if (StageProcess(folder).wait() != 0) throw std::runtime_error("the data cannot be prepared");
}

StageFolders::~StageFolders() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

fs::path StageFolders::make(const std::string& name, const std::string& kind,
                            const std::string& settings_json,
                            const exchange::CheckpointInterval& checkpoint) const {
  const auto folder = root_ / name;
  fs::create_directories(folder / exchange::kArtifactsFolder);
  exchange::StageRequest request{.kind = kind,
                                 .name = name,
                                 .settings_json = settings_json,
                                 .inputs = {},
                                 .data_root = "",
                                 .checkpoint = checkpoint};
  if (kind != "prepare") request.inputs.push_back({"data", "../data"});
  exchange::write_request(folder, request);
  return folder;
}

void StageFolders::add_input(const std::string& name, const std::string& role,
                             const std::string& other) const {
  auto request = exchange::read_request(root_ / name);
  request.inputs.push_back({role, "../" + other});
  exchange::write_request(root_ / name, request);
}

exchange::TaskSettings StageFolders::task(std::int64_t channels) {
  return {.id = "denoise",
          .channels = channels,
          .degradation = {.kind = "gaussian", .sigma_8bit = 50},
          .train = {.set = "embedded-leaves", .split = "train", .count = 4},
          .test = {{.set = "embedded-leaves", .split = "test", .count = 2}}};
}

StageProcess::StageProcess(const fs::path& folder, std::int64_t data_limit)
    : folder_(folder), process_(::fork()) {
  if (process_ < 0) throw std::runtime_error("no process can be started");
  if (process_ > 0) return;
  const std::string log = (folder / "stage.log").string();
  const int opened = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(opened, STDOUT_FILENO);
  ::dup2(opened, STDERR_FILENO);
  if (data_limit > 0) {
    const auto bytes = static_cast<rlim_t>(data_limit);
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_DATA, &limit);
  }
  ::execl(BENCH_STAGE_PROGRAM, BENCH_STAGE_PROGRAM, "--die-with-parent", folder.c_str(), nullptr);
  ::_exit(127);
}

StageProcess::~StageProcess() {
  kill();
}

bool StageProcess::has_ended() {
  if (!ended_) ended_ = ::waitpid(process_, &status_, WNOHANG) == process_;
  return ended_;
}

bool StageProcess::wait_for_step(std::int64_t step) {
  for (;;) {
    const auto progress = exchange::read_events(folder_).last_progress;
    if (progress && progress->step >= step) return true;
    if (has_ended()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void StageProcess::ask_to_stop(int signal) {
  if (!has_ended()) ::kill(process_, signal);
}

bool StageProcess::kill() {
  if (!has_ended()) ::kill(process_, SIGKILL);
  wait();
  return WIFSIGNALED(status_) && WTERMSIG(status_) == SIGKILL;
}

int StageProcess::wait() {
  if (!ended_) ::waitpid(process_, &status_, 0);
  ended_ = true;
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

}  // namespace bench::stages
