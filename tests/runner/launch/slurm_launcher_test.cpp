#include "runner/launch/slurm_launcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "runner/launch/slurm_array.h"
#include "stages/exchange/result.h"
#include "tests/runner/launch/fake_slurm.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct SlurmLauncherTest : testing::Test {
  StageExit end_of(SlurmLauncher& launcher, RunningStage& stage) const {
    EXPECT_TRUE(attend_until(launcher, [&] { return stage.poll().has_value(); }))
        << "the stage did not end";
    return stage.poll().value_or(StageExit{});
  }
  /// Until squeue was asked `times` more.
  void let_it_ask(SlurmLauncher& launcher, std::size_t times = 5) const {
    const auto before = slurm.calls("squeue").size();
    attend_until(launcher, [&] { return slurm.calls("squeue").size() >= before + times; });
  }
  /// The job's side: its stage is done.
  void finish(const fs::path& array, int task, const std::string& stage) const {
    exchange::write_result(slurm.folder_of(stage), {});
    write_ended(array, task, {});
  }

  FakeSlurm slurm;
};

TEST_F(SlurmLauncherTest, SubmitsStagesThatNeedTheSameAsOneArray) {
  auto launcher = slurm.launcher({{"partition", "long"}, {"time", "2:00:00"}});
  const auto a = slurm.start(launcher, "a", {.threads = 4, .memory_bytes = 1LL << 30});
  const auto b = slurm.start(launcher, "b", {.threads = 4, .memory_bytes = 1LL << 30});
  const auto c = slurm.start(launcher, "c", {.threads = 1, .alone = true});
  const auto d = slurm.start(launcher, "d", {}, R"({"machine": {"device": "cuda", "threads": 1}})");
  launcher.attend();
  const auto calls = slurm.calls("sbatch");
  ASSERT_THAT(calls, SizeIs(3));
  std::vector<std::string> arrays, threads;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    EXPECT_EQ(slurm.option(i, "partition"), "long");
    EXPECT_EQ(slurm.option(i, "time"), "2:00:00");
    EXPECT_EQ(slurm.option(i, "signal"), "B:TERM@60") << "so that a checkpoint can be saved";
    EXPECT_THAT(calls[i], Contains("--no-requeue"));
    const bool is_for_gpu = slurm.option(i, "gres") == "gpu:1";
    const bool is_exclusive = std::count(calls[i].begin(), calls[i].end(), "--exclusive") > 0;
    const bool is_pair = slurm.option(i, "array") == "0-1";
    EXPECT_EQ(is_for_gpu + is_exclusive + is_pair, 1) << "one each";
    EXPECT_EQ(slurm.option(i, "cpus-per-task"), is_pair ? "4" : "1");
    EXPECT_EQ(slurm.option(i, "mem"), is_pair ? "1792M" : "") << "1 GiB and a margin";
  }
}

// sbatch's own words end with the script; what follows is the job's, and no shell reads it.
TEST_F(SlurmLauncherTest, HandsTheJobItsWordsOneByOne) {
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  const auto words = slurm.calls("sbatch").at(0);
  const auto script = std::find_if(words.begin(), words.end(),
                                   [](const auto& word) { return word.ends_with("/job.sh"); });
  ASSERT_NE(script, words.end());
  const auto folder = slurm.array();
  EXPECT_THAT(std::vector<std::string>(script + 1, words.end()),
              ElementsAre("/opt/bench", "slurm-task", folder.string(), folder.filename().string(),
                          "/opt/bench-stage"));
  const auto array = read_array(folder);
  ASSERT_TRUE(array);
  EXPECT_THAT(array->stage_folders, ElementsAre(slurm.folder_of("a")));
  EXPECT_EQ(read_attempt(slurm.folder_of("a")), (AttemptMark{array->token, 0}));
}

TEST_F(SlurmLauncherTest, KeepsToTheArraysThatTheControllerTakes) {
  for (const auto& [size, expected] :
       {std::pair{"2", std::vector<std::string>{"0-1", "0-1", "0-0"}},
        {"0", std::vector<std::string>{"", "", "", "", ""}}}) {
    FakeSlurm limited;
    limited.write("array_size", size);
    auto launcher = limited.launcher();
    std::vector<std::unique_ptr<RunningStage>> stages;
    for (const char* name : {"a", "b", "c", "d", "e"}) {
      stages.push_back(limited.start(launcher, name));
    }
    launcher.attend();
    std::vector<std::string> arrays;
    for (std::size_t i = 0; i < limited.calls("sbatch").size(); ++i) {
      arrays.push_back(limited.option(i, "array"));
    }
    EXPECT_EQ(arrays, expected);
  }
}

TEST_F(SlurmLauncherTest, HasRoomForSoManyJobs) {
  auto launcher = slurm.launcher({{"jobs", "2"}});
  EXPECT_EQ(launcher.room(), 2U);
  const auto a = slurm.start(launcher, "a");
  launcher.attend();
  EXPECT_EQ(launcher.room(), 1U);
  finish(slurm.array(), 0, "a");
  end_of(launcher, *a);
  launcher.attend();
  EXPECT_EQ(launcher.room(), 2U);
}

TEST_F(SlurmLauncherTest, TakesTheEndFromTheJobAndNotFromSlurm) {
  auto launcher = slurm.launcher();
  const auto a = slurm.start(launcher, "a"), b = slurm.start(launcher, "b");
  launcher.attend();
  slurm.queue({{slurm.option(0, "job-name"), "1_0", "RUNNING", "n1", "None"},
               {slurm.option(0, "job-name"), "1_1", "RUNNING", "n2", "None"}});
  EXPECT_FALSE(a->has_begun());
  write_begun(slurm.array(), 0, {.node = "n1", .job = "1_0"});
  ASSERT_TRUE(attend_until(launcher, [&] { return a->has_begun(); }));
  EXPECT_EQ(a->place(), "Slurm job 1_0 on n1");
  EXPECT_FALSE(b->has_begun());
  write_ended(slurm.array(), 1, {.signal = SIGSEGV});
  EXPECT_EQ(end_of(launcher, *b).signal, SIGSEGV);
  EXPECT_FALSE(a->poll());
  finish(slurm.array(), 0, "a");
  EXPECT_EQ(end_of(launcher, *a).code, 0);
}

// On a network file system a file may be seen later than another that was written after it.
TEST_F(SlurmLauncherTest, WaitsForTheResultThatAnEndSpeaksOf) {
  auto launcher = slurm.launcher({}, std::chrono::hours(1));
  const auto stage = slurm.start(launcher);
  launcher.attend();
  slurm.queue("COMPLETED");
  write_ended(slurm.array(), 0, {});
  let_it_ask(launcher, 2);
  EXPECT_FALSE(stage->poll());
  exchange::write_result(slurm.folder_of("a"), {});
  EXPECT_EQ(end_of(launcher, *stage).lost, "");
}

TEST_F(SlurmLauncherTest, LosesWhatSlurmEndedWithoutAWord) {
  const std::pair<const char*, const char*> cases[] = {
      {"NODE_FAIL", "the node failed"}, {"CANCELLED", "was cancelled"},
      {"PREEMPTED", "was cancelled"},   {"TIMEOUT", "time limit"},
      {"OUT_OF_MEMORY", "more memory"}, {"FAILED", "without a word"}};
  for (const auto& [state, words] : cases) {
    FakeSlurm cluster;
    auto launcher = cluster.launcher();
    const auto stage = cluster.start(launcher);
    launcher.attend();
    write_begun(cluster.array(), 0, {.node = "n1", .job = "1_0"});
    ASSERT_TRUE(attend_until(launcher, [&] { return stage->has_begun(); }));
    cluster.queue(state, "Because");
    const auto end = end_of(launcher, *stage);
    EXPECT_THAT(end.lost, HasSubstr(words)) << state;
    EXPECT_THAT(end.lost, HasSubstr("Slurm job 1_0 on n1")) << state;
    EXPECT_EQ(end.out_of_memory, std::string(state) == "OUT_OF_MEMORY");
    EXPECT_FALSE(end.would_be_lost_again) << state;
    EXPECT_FALSE(read_attempt(cluster.folder_of("a"))) << "nobody may carry it out any more";
  }
}

// The first job that ends and could not even say that it began.
TEST_F(SlurmLauncherTest, AsksForASharedFileSystemWhereNoJobGivesASign) {
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  slurm.queue("FAILED", "NonZeroExitCode");
  const auto end = end_of(launcher, *stage);
  EXPECT_THAT(end.lost, HasSubstr("file system that all nodes share"));
  EXPECT_TRUE(end.would_be_lost_again);
}

TEST_F(SlurmLauncherTest, TakesSilenceOfTheControllerForNoNews) {
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  slurm.queue("RUNNING");
  slurm.write("down", "");
  std::string said;
  attend_until(launcher, [&] {
    if (const auto news = launcher.attend()) said = *news;
    return slurm.calls("scontrol").size() >= 10;
  });
  EXPECT_THAT(said, HasSubstr("does not answer"));
  EXPECT_FALSE(stage->poll());
  EXPECT_LE(slurm.calls("squeue").size(), 2U) << "only pinged: each client waits for seconds";
  slurm.remove("down");
  let_it_ask(launcher);
  EXPECT_FALSE(stage->poll());
  finish(slurm.array(), 0, "a");
  EXPECT_EQ(end_of(launcher, *stage).lost, "");
}

// A controller that was killed has forgotten the last jobs, though they run.
TEST_F(SlurmLauncherTest, BelievesInAnUnknownJobAsLongAsItGivesSigns) {
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  write_begun(slurm.array(), 0, {.node = "n1", .job = "1_0"});
  ASSERT_TRUE(attend_until(launcher, [&] { return stage->has_begun(); }));
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(1);  // > for_signs
  attend_until(launcher, [&] {
    touch_begun(slurm.array(), 0);
    return std::chrono::steady_clock::now() > until;
  });
  EXPECT_FALSE(stage->poll());
  EXPECT_THAT(end_of(launcher, *stage).lost, HasSubstr("does not know its job"));
}

// Numbers are given out again after such a loss: a stranger's job is none of ours.
TEST_F(SlurmLauncherTest, KnowsItsJobsByName) {
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  slurm.queue({{"bench-0123456789abcdef", "1_0", "RUNNING", "n1", "None"}});
  EXPECT_THAT(end_of(launcher, *stage).lost, HasSubstr("does not know its job"));
}

TEST_F(SlurmLauncherTest, SubmitsOnceAlsoWhereTheAnswerWasLost) {
  slurm.write("deaf", "");
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  slurm.remove("deaf");
  ASSERT_THAT(slurm.calls("sbatch"), SizeIs(1));
  slurm.queue({{slurm.option(0, "job-name"), "77_0", "RUNNING", "n1", "None"}});
  let_it_ask(launcher);
  EXPECT_EQ(read_job_number(slurm.array()), "77");
  stage->interrupt();
  launcher.attend();
  EXPECT_THAT(slurm.calls("scancel"), Contains(ElementsAre("77_0")));
  EXPECT_THAT(slurm.calls("sbatch"), SizeIs(1));
}

TEST_F(SlurmLauncherTest, FailsAtOnceWhereSbatchRefuses) {
  slurm.write("refusal", "Batch job submission failed: Invalid partition name specified");
  auto launcher = slurm.launcher({{"partition", "nope"}});
  const auto stage = slurm.start(launcher);
  const auto end = end_of(launcher, *stage);
  EXPECT_THAT(end.lost, HasSubstr("Invalid partition name specified"));
  EXPECT_TRUE(end.would_be_lost_again);
}

TEST_F(SlurmLauncherTest, SplitsAnArrayThatIsMoreThanAUserMayHave) {
  slurm.write("refusal",
              "Batch job submission failed: Job violates accounting/QOS policy (job submit limit, "
              "user's size and/or time limits)");
  auto launcher = slurm.launcher();
  std::vector<std::unique_ptr<RunningStage>> stages;
  for (const char* name : {"a", "b", "c", "d"}) stages.push_back(slurm.start(launcher, name));
  launcher.attend();
  slurm.remove("refusal");
  launcher.attend();
  for (const auto& stage : stages) EXPECT_FALSE(stage->poll()) << "held back, not lost";
  ASSERT_THAT(slurm.calls("sbatch"), SizeIs(testing::Ge(2U)));
  EXPECT_EQ(slurm.option(0, "array"), "0-3");
  EXPECT_EQ(slurm.option(slurm.calls("sbatch").size() - 1, "array"), "0-1");
}

TEST_F(SlurmLauncherTest, InterruptsJobsThatRunAndCancelsThoseThatWait) {
  auto launcher = slurm.launcher();
  const auto a = slurm.start(launcher, "a"), b = slurm.start(launcher, "b");
  launcher.attend();
  write_begun(slurm.array(), 1, {.node = "n1", .job = "1_1"});
  ASSERT_TRUE(attend_until(launcher, [&] { return b->has_begun(); }));
  a->interrupt();
  b->interrupt();
  launcher.attend();
  launcher.attend();
  EXPECT_THAT(slurm.calls("scancel"),
              testing::UnorderedElementsAre(ElementsAre("1_0"),
                                            ElementsAre("--batch", "--signal=TERM", "1_1")));
  b->kill();
  launcher.attend();
  EXPECT_THAT(slurm.calls("scancel"), Contains(ElementsAre("1_1")));
}

TEST_F(SlurmLauncherTest, FindsTheJobsOfAnEarlierOne) {
  {
    auto earlier = slurm.launcher();
    const auto a = slurm.start(earlier, "a"), b = slurm.start(earlier, "b");
    earlier.attend();
  }
  write_begun(slurm.array(), 0, {.node = "n1", .job = "1_0"});
  finish(slurm.array(), 1, "b");
  auto launcher = slurm.launcher();
  const auto a = launcher.attach(slurm.folder_of("a"));
  ASSERT_TRUE(a);
  EXPECT_TRUE(a->has_begun());
  EXPECT_FALSE(launcher.attach(slurm.folder_of("b"))) << "it has ended";
  EXPECT_FALSE(launcher.attach(slurm.folder_of("c"))) << "nobody started it";
  slurm.queue("RUNNING");
  let_it_ask(launcher);
  EXPECT_FALSE(a->poll());
  finish(slurm.array(), 0, "a");
  EXPECT_EQ(end_of(launcher, *a).code, 0);
  EXPECT_THAT(slurm.calls("sbatch"), SizeIs(1));
}

// It wrote its files and was killed before it called sbatch.
TEST_F(SlurmLauncherTest, LosesWhatAnEarlierOneDidNotSubmit) {
  fs::create_directories(slurm.folder_of("a"));
  const auto folder = array_folder(slurm.at("store"), "0123456789abcdef");
  write_array(folder, {.token = "0123456789abcdef", .stage_folders = {slurm.folder_of("a")}});
  auto launcher = slurm.launcher();
  const auto stage = launcher.attach(slurm.folder_of("a"));
  ASSERT_TRUE(stage);
  EXPECT_THAT(end_of(launcher, *stage).lost, HasSubstr("does not know its job"));
  EXPECT_FALSE(launcher.attach(slurm.folder_of("a")));
}

TEST_F(SlurmLauncherTest, LeavesNoFilesOfAnArrayWithoutAFault) {
  auto launcher = slurm.launcher();
  const auto stage = slurm.start(launcher);
  launcher.attend();
  const auto folder = slurm.array();
  finish(folder, 0, "a");
  end_of(launcher, *stage);
  launcher.attend();
  EXPECT_FALSE(fs::exists(folder));
}

}  // namespace
}  // namespace bench::runner
