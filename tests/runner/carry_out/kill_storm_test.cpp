#include <stdlib.h>

#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "core/digest/sha256.h"
#include "tests/runner/faked_program.h"

/// `bench` and its stages are killed at random moments, again and again, and then all is as if
/// nothing had happened. BENCH_STORM_KILLS (default 12) and BENCH_STORM_SEED (default 1) make more
/// or another storm of it.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using end_to_end::text_of;
using nlohmann::json;

int number_of(const char* variable, int otherwise) {
  const char* text = ::getenv(variable);
  return text && *text ? std::atoi(text) : otherwise;
}

class KillStorm : public FakedProgram {
 protected:
  KillStorm() { tell_stages("FAKE_STAGE_STEP_MS", "15"); }

  static std::vector<std::string> seeds() { return {"--seeds", "1,2,3,4"}; }

  /// Points and files of every stage, by its key: what measuring has given.
  std::map<std::string, std::string> measured(const std::string& store) const {
    std::map<std::string, std::string> all;
    for (const std::string kind : {"prepare", "train", "evaluate"}) {
      for (const auto& folder : stages_of(kind, store)) {
        std::string& text = all[fs::relative(folder, at(store)).string()];
        text = text_of(folder / "events.jsonl");
        const auto result = json::parse(text_of(folder / "result.json"));
        for (const auto& artifact : result.at("artifacts")) {
          const std::string path = artifact.at("path");
          text += path + " " + digest::sha256_hex(text_of(folder / path)) + "\n";
        }
        text += result.at("scores").dump();
      }
    }
    return all;
  }

  /// The stages that are at work, by the processes that hold their folders.
  std::vector<pid_t> stages_at_work(const std::string& store) const {
    std::vector<pid_t> processes;
    for (const auto& folder : stages_of("train", store)) {
      if (fs::exists(folder / "result.json")) continue;
      const auto text = text_of(folder / "lock");
      if (!text.empty()) processes.push_back(std::stoi(text));
    }
    return processes;
  }

  void strike(std::mt19937& random, const std::string& store) const {
    auto program = start(store, seeds());
    const int wait_ms = std::uniform_int_distribution<int>(0, 500)(random);
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    const auto stages = stages_at_work(store);
    if (!stages.empty() && random() % 3 == 0) {
      const auto one = stages[random() % stages.size()];
      // Only what is a child of this very run: numbers are given again.
      const auto stat = text_of("/proc/" + std::to_string(one) + "/stat");
      if (stat.find("(fake_stage)") != std::string::npos) ::kill(one, SIGKILL);
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));
    }
    program.send(SIGKILL);
    program.wait();
  }
};

TEST_F(KillStorm, LeavesWhatAnUndisturbedRunLeaves) {
  ASSERT_EQ(run("undisturbed", seeds()).exit_code, 0);
  const int kills = number_of("BENCH_STORM_KILLS", 12);
  std::mt19937 random(static_cast<unsigned>(number_of("BENCH_STORM_SEED", 1)));
  for (int i = 0; i < kills; ++i) strike(random, "struck");
  const auto ended = run("struck", seeds());
  ASSERT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(measured("struck"), measured("undisturbed"));
  EXPECT_EQ(scores("struck"), scores("undisturbed"));
  const auto checked = bench({"db", "check"}, "struck");
  EXPECT_EQ(checked.exit_code, 0) << checked.output;
  const auto stages = [&](const std::string& store) {
    auto listed = json::parse(bench({"ls", "--stages", "latest", "--json"}, store).output);
    for (auto& stage : listed) stage.erase("state");  // done here, cached there
    return listed;
  };
  EXPECT_EQ(stages("struck"), stages("undisturbed"));
}

}  // namespace
}  // namespace bench::runner
