#include "runner/launch/command_output.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

extern char** environ;

namespace bench::runner {
namespace {

// All that a descriptor gives until its end.
std::string all_of(int descriptor) {
  std::string text;
  char block[65536];
  for (;;) {
    const ssize_t count = ::read(descriptor, block, sizeof(block));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(block, static_cast<std::size_t>(count));
  }
}

// \returns 0, or an error number of posix_spawn.
int spawn(std::vector<std::string> words, int output, int complaint, pid_t& process) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (complaint >= 0) {
    ::posix_spawn_file_actions_adddup2(&actions, complaint, STDERR_FILENO);
  } else {
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  const int failed =
      ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return failed;
}

// Settings of the repository that would have git run a program of its choice, with an empty value
// in their place. Commands that no option of git switches off are found by their names.
std::vector<std::string> harmless_settings(const std::string& folder) {
  std::vector<std::string> keys = {"core.fsmonitor", "core.hookspath", "diff.external"};
  const auto filters = output_of({"git", "-C", folder, "config", "--name-only", "--get-regexp",
                                  "^filter\\..*\\.(clean|smudge|process|required)$"});
  std::istringstream lines(filters.value_or(""));
  for (std::string key; std::getline(lines, key);) keys.push_back(key);
  std::vector<std::string> settings = {"GIT_CONFIG_COUNT=" + std::to_string(keys.size())};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string number = std::to_string(i);
    settings.push_back("GIT_CONFIG_KEY_" + number + "=" + keys[i]);
    settings.push_back("GIT_CONFIG_VALUE_" + number + "=" +
                       (keys[i] == "core.fsmonitor" || keys[i].ends_with(".required") ? "false"
                        : keys[i] == "core.hookspath"                                 ? "/dev/null"
                                                                                      : ""));
  }
  return settings;
}

}  // namespace

std::optional<CommandEnd> end_of_command(const std::vector<std::string>& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  // A file in memory: a second pipe could fill up while the first is read.
  const int complaint = ::memfd_create("complaint", MFD_CLOEXEC);
  pid_t process = 0;
  const int failed = spawn(command, ends[1], complaint, process);
  ::close(ends[1]);
  // Read to the end before waiting: a child that fills the pipe would never exit.
  CommandEnd end{.output = failed == 0 ? all_of(ends[0]) : "", .complaint = {}};
  ::close(ends[0]);
  int status = 0;
  while (failed == 0 && ::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (complaint >= 0) {
    ::lseek(complaint, 0, SEEK_SET);
    end.complaint = all_of(complaint);
    ::close(complaint);
  }
  if (failed != 0) return std::nullopt;
  end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return end;
}

std::optional<std::string> output_of(const std::vector<std::string>& command) {
  auto end = end_of_command(command);
  if (!end || end->exit_code != 0) return std::nullopt;
  return std::move(end->output);
}

std::optional<std::string> git_output(const std::filesystem::path& folder,
                                      const std::vector<std::string>& arguments) {
  const std::string repository = folder.empty() ? "." : folder.string();
  // No protocol: a repository that is cloned in part would fetch the rest by a command it names.
  std::vector<std::string> command = {"env", "GIT_ALLOW_PROTOCOL=none", "GIT_OPTIONAL_LOCKS=0",
                                      "GIT_TERMINAL_PROMPT=0"};
  for (auto& setting : harmless_settings(repository)) command.push_back(std::move(setting));
  command.insert(command.end(), {"git", "--no-pager", "-C", repository});
  command.insert(command.end(), arguments.begin(), arguments.end());
  return output_of(command);
}

}  // namespace bench::runner
