#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "tests/runner/faked_program.h"
#include "tests/shared_folder.h"

extern char** environ;

/// The real `bench` on a real Slurm: shared/tools/slurm_sandbox starts a private one of several
/// nodes on this machine. Skipped, by name, where that or Slurm itself is missing.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using end_to_end::text_of;
using nlohmann::json;

bool is_in_path(const std::string& program) {
  for (const char* folder : {"/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"}) {
    if (fs::exists(folder + program)) return true;
  }
  return false;
}

// Waits for it; no shell. \returns its exit code, with what it printed in `output`.
int called(std::vector<std::string> words, const fs::path& output) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t process = 0;
  const int failed = ::posix_spawnp(&process, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return 127;
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

class SlurmCluster : public FakedProgram {
 protected:
  void SetUp() override {
    const auto sandbox = tests::shared_folder() / "tools" / "slurm_sandbox";
    if (!fs::exists(sandbox)) GTEST_SKIP() << sandbox << " is not there";
    for (const char* program : {"slurmctld", "slurmd", "munged", "sbatch"}) {
      if (!is_in_path(program)) GTEST_SKIP() << program << " is not installed";
    }
    // Slurm's daemons are in no ordinary user's path.
    const std::string path = ::getenv("PATH");
    if (!path.ends_with(":/usr/sbin")) ::setenv("PATH", (path + ":/usr/sbin").c_str(), 1);
    ::setenv("SLURM_SANDBOX_CPUS", "2", 1);
    ::setenv("SLURM_SANDBOX_MEM_MB", "8000", 1);
    ::setenv("SLURM_SANDBOX_EXTRA", "SlurmdTimeout=10", 1);
    sandbox_ = sandbox.string();
    ASSERT_EQ(called({sandbox_, "start", cluster().string(), "3"}, at("sandbox.log")), 0)
        << text_of(at("sandbox.log"));
    tell_stages("SLURM_CONF", (cluster() / "etc/slurm.conf").string());
  }

  void TearDown() override {
    if (!sandbox_.empty()) called({sandbox_, "stop", cluster().string()}, at("sandbox.log"));
  }

  fs::path cluster() const { return at("c"); }

  Ended run_there(const std::string& store = "store", std::vector<std::string> more = {}) const {
    return start_there(store, std::move(more)).wait();
  }
  Program start_there(const std::string& store = "store",
                      std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--launcher", "slurm"});
    return start(store, more);
  }

  /// Ends a daemon of the sandbox and starts it again.
  pid_t process_of(const std::string& daemon) const {
    return std::stoi(text_of(cluster() / "run" / (daemon + ".pid")));
  }
  void start_controller() const {
    ASSERT_EQ(called({"slurmctld"}, at("controller.log")), 0) << text_of(at("controller.log"));
  }

  /// The nodes on which the jobs of an array said that they began.
  std::set<std::string> nodes_used() const {
    std::set<std::string> nodes;
    std::ifstream jobs(cluster() / "log/jobcomp.txt");
    for (std::string line; std::getline(jobs, line);) {
      const auto begin = line.find("NodeList=");
      if (begin != std::string::npos)
        nodes.insert(line.substr(begin, line.find(' ', begin) - begin));
    }
    return nodes;
  }
  std::size_t ended_jobs() const {
    const auto text = text_of(cluster() / "log/jobcomp.txt");
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  /// A run of this many seeds: as many trainings, and as many evaluations.
  static std::vector<std::string> seeds(int count) {
    std::string list = "1";
    for (int seed = 2; seed <= count; ++seed) list += "," + std::to_string(seed);
    return {"--seeds", list};
  }

 private:
  std::string sandbox_;
};

TEST_F(SlurmCluster, GivesTheScoresOfThisMachine) {
  ASSERT_EQ(run("here", seeds(6)).exit_code, 0);
  const auto ended = run_there("there", seeds(6));
  ASSERT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(scores("there"), scores("here"));
  EXPECT_FALSE(scores("there").empty());
  EXPECT_GT(nodes_used().size(), 1U);
  // What one has done is done for the other.
  EXPECT_EQ(run("there", seeds(6)).output.find("start"), std::string::npos);
}

TEST_F(SlurmCluster, LosesANodeAndNoStage) {
  tell_stages("FAKE_STAGE_STEP_MS", "100");
  auto program = start_there("store", seeds(6));
  wait_for_a_training();
  // The node goes with all that runs on it: its daemon, the jobs' shepherds, and the jobs.
  const auto victim = process_of("slurmd-n1");
  std::vector<pid_t> gone = {victim};
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const auto environment = text_of(entry.path() / "environ");
    const bool is_there = environment.find("SLURMD_NODENAME=n1") != std::string::npos;
    const auto command = text_of(entry.path() / "cmdline");
    const bool is_shepherd = command.starts_with("slurmstepd") &&
                             environment.find(cluster().string()) != std::string::npos;
    if (is_there || is_shepherd) gone.push_back(std::atoi(entry.path().filename().c_str()));
  }
  for (const auto process : gone) ::kill(process, SIGKILL);
  const auto ended = program.wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_NE(ended.output.find("retrying"), std::string::npos) << ended.output;
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  ASSERT_EQ(run("here", seeds(6)).exit_code, 0);
  EXPECT_EQ(scores(), scores("here"));
}

TEST_F(SlurmCluster, OutlivesItsController) {
  tell_stages("FAKE_STAGE_STEP_MS", "100");
  auto program = start_there("store", seeds(4));
  wait_for_a_training();
  const pid_t controller = process_of("slurmctld");
  ::kill(controller, SIGTERM);
  ASSERT_TRUE(goes_away(controller));
  std::this_thread::sleep_for(std::chrono::seconds(3));  // longer than a training takes
  start_controller();
  const auto ended = program.wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(ended.output.find("retrying"), std::string::npos) << ended.output;
}

TEST_F(SlurmCluster, FindsItsJobsAgainAfterAKill) {
  tell_stages("FAKE_STAGE_STEP_MS", "100");
  auto program = start_there("store", seeds(4));
  wait_for_a_training();
  program.send(SIGKILL);
  program.wait();
  const auto ended = run_there("store", seeds(4));
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(ended.output.find("retrying"), std::string::npos) << ended.output;
  // One preparation, four trainings and four evaluations, each once; the degraded images need none.
  EXPECT_EQ(ended_jobs(), stages_of("prepare").size() + stages_of("train").size() +
                              stages_of("evaluate").size() + stages_of("cost").size());
  for (const auto& folder : stages_of("train")) {
    const auto events = text_of(folder / "events.jsonl");
    EXPECT_EQ(std::count(events.begin(), events.end(), '\n'), 2 * 20) << "each step once";
  }
}

TEST_F(SlurmCluster, SavesAndCancelsOnAnInterrupt) {
  tell_stages("FAKE_STAGE_STEP_MS", "200");
  auto program = start_there("store", seeds(10));  // more than there is room for
  wait_for_a_training();
  program.send(SIGINT);
  const auto ended = program.wait();
  EXPECT_EQ(ended.exit_code, 130) << ended.output;
  bool saved = false;
  for (const auto& folder : stages_of("train"))
    saved = saved || fs::exists(folder / "checkpoint.json");
  EXPECT_TRUE(saved);
  called({"squeue", "--noheader", "--states=PENDING,RUNNING"}, at("queue.log"));
  EXPECT_EQ(text_of(at("queue.log")), "") << "nothing is left";
  tell_stages("FAKE_STAGE_STEP_MS", "0");
  EXPECT_EQ(run_there("store", seeds(10)).exit_code, 0);
}

TEST_F(SlurmCluster, SaysWhatSlurmRefuses) {
  const auto ended = run_there("store", {"--slurm", "partition=nowhere"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.output.find("nvalid partition"), std::string::npos) << ended.output;
}

TEST_F(SlurmCluster, CarriesOutThreeHundredStagesAsAnArray) {
  const auto ended = run_there("store", seeds(300));
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(stages_of("train").size(), 300U);
  const auto report = scores();
  EXPECT_GT(std::count(report.begin(), report.end(), '\n'), 300);
}

}  // namespace
}  // namespace bench::runner
