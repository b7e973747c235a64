#include "runner/launch/process_launcher.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace bench::runner {
namespace {

constexpr int kCannotStart = 127;

/// An owned descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  void reset() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

std::runtime_error system_error(const std::filesystem::path& what, const char* doing, int code) {
  return std::runtime_error(what.string() + ": " + doing + ": " + std::strerror(code));
}

Descriptor opened(const std::filesystem::path& file, int flags) {
  const int number = ::open(file.c_str(), flags | O_CLOEXEC, 0644);
  if (number < 0) throw system_error(file, "opening", errno);
  return Descriptor(number);
}

/// All that the child needs, made before the fork: after it only system calls are safe.
struct Child {
  std::array<char*, 4> arguments;
  pid_t parent;
  int null_input;
  int log;
  int lock;
  int failure;  ///< takes errno if the program cannot be loaded

  [[noreturn]] void fail() const {
    const int code = errno;
    [[maybe_unused]] const auto written = ::write(failure, &code, sizeof(code));
    ::_exit(kCannotStart);
  }

  // What this program ignores is nothing to the stage.
  static void reset_signals() {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int signal : {SIGPIPE, SIGHUP, SIGINT, SIGQUIT, SIGTERM}) {
      ::signal(signal, SIG_DFL);
    }
  }

  [[noreturn]] void become() const {
    // Before the program is loaded: loading takes long enough for the parent to die meanwhile.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail();
    if (::getppid() != parent) ::_exit(kCannotStart);  // it died before the line above
    // A group of its own: Ctrl-C reaches the runner, which ends its stages in order.
    ::setpgid(0, 0);
    reset_signals();
    const bool placed = ::dup2(null_input, STDIN_FILENO) >= 0 && ::dup2(log, STDOUT_FILENO) >= 0 &&
                        ::dup2(log, STDERR_FILENO) >= 0 && ::fcntl(lock, F_SETFD, 0) == 0;
    if (!placed) fail();
    ::execv(arguments[0], arguments.data());
    fail();
  }
};

// Waits until the child's program is loaded. \returns errno where it could not be.
int loading_error(const Descriptor& failure) {
  int code = 0;
  ssize_t count = 0;
  do {
    count = ::read(failure.number(), &code, sizeof(code));
  } while (count < 0 && errno == EINTR);
  return count == sizeof(code) ? code : 0;
}

// How many processes the kernel has killed to have memory again, in all control groups.
std::int64_t kills_for_memory() {
  std::ifstream file("/proc/vmstat");
  std::string name;
  for (std::int64_t count = 0; file >> name >> count;) {
    if (name == "oom_kill") return count;
  }
  return 0;
}

StageExit exit_of(int status) {
  if (WIFSIGNALED(status)) return {.signal = WTERMSIG(status)};
  return {.code = WEXITSTATUS(status)};
}

class RunningProcess : public RunningStage {
 public:
  explicit RunningProcess(pid_t process)
      : process_(process),
        end_descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))) {
    if (end_descriptor_.number() >= 0) ::fcntl(end_descriptor_.number(), F_SETFD, FD_CLOEXEC);
  }

  ~RunningProcess() override {
    if (end_) return;
    kill();
    wait_for_end(0);
  }

  std::optional<StageExit> poll() override {
    if (!end_) wait_for_end(WNOHANG);
    return end_;
  }

  void interrupt() override {
    if (!poll()) ::kill(process_, SIGTERM);
  }

  void kill() override {
    if (!poll()) ::kill(-process_, SIGKILL);
  }

  int end_descriptor() const override { return end_descriptor_.number(); }

  bool is_stopped() const override {
    std::ifstream file("/proc/" + std::to_string(process_) + "/stat");
    std::string text;
    std::getline(file, text);
    // The name in parentheses may hold anything; the letter of the state follows it.
    const auto name_end = text.rfind(") ");
    return name_end != std::string::npos && name_end + 2 < text.size() && text[name_end + 2] == 'T';
  }

 private:
  void wait_for_end(int options) {
    siginfo_t seen{};
    int failed = 0;
    do {
      failed = ::waitid(P_PID, static_cast<id_t>(process_), &seen, WEXITED | WNOWAIT | options);
    } while (failed != 0 && errno == EINTR);
    if (failed != 0 || seen.si_pid == 0) return;
    // Not yet reaped, so that the group's number is still its own: what it left behind goes too.
    ::kill(-process_, SIGKILL);
    int status = 0;
    ::waitpid(process_, &status, 0);
    end_ = exit_of(status);
    end_->out_of_memory = end_->signal == SIGKILL && kills_for_memory() > kills_before_;
  }

  pid_t process_;
  std::int64_t kills_before_ = kills_for_memory();
  Descriptor end_descriptor_;
  std::optional<StageExit> end_;
};

}  // namespace

ProcessLauncher::ProcessLauncher(std::filesystem::path stage_program)
    : stage_program_(std::move(stage_program)) {}

std::unique_ptr<RunningStage> ProcessLauncher::start(const StageStart& stage,
                                                     exchange::FolderLock lock) {
  std::string program = stage_program_.string(), option = "--die-with-parent",
              folder = stage.folder.string();
  const Descriptor null_input = opened("/dev/null", O_RDONLY);
  const Descriptor log = opened(stage.folder / "stage.log", O_WRONLY | O_CREAT | O_TRUNC);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error(program, "cannot start the program", errno);
  const Descriptor failure(ends[0]);
  Descriptor failure_of_child(ends[1]);
  const Child child{.arguments = {program.data(), option.data(), folder.data(), nullptr},
                    .parent = ::getpid(),
                    .null_input = null_input.number(),
                    .log = log.number(),
                    .lock = lock.descriptor(),
                    .failure = failure_of_child.number()};
  const pid_t process = ::fork();
  if (process < 0) throw system_error(program, "cannot start the program", errno);
  if (process == 0) child.become();
  ::setpgid(process, process);  // also here: it must be so when this function returns
  lock.name_holder(process);
  auto running = std::make_unique<RunningProcess>(process);
  failure_of_child.reset();
  if (const int code = loading_error(failure)) {
    throw system_error(program, "cannot start the program", code);
  }
  return running;
}

}  // namespace bench::runner
