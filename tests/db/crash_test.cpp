// Writers that are killed, and writers that meet: nothing committed is lost, nothing is half there.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "db/connection.h"
#include "db/integrity.h"
#include "db/rows.h"
#include "db/run_reader.h"
#include "db/run_store.h"
#include "tests/db/example_store.h"

namespace bench::db {
namespace {

constexpr int kPointsOfAStage = 3000;
constexpr int kPlannedStages = 400;
constexpr const char* kNoon = "2026-05-01T12:00:00Z";

/// A process of its own that carries out `work`, exits, and never returns.
template <typename Work>
pid_t in_child(Work work) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    work();
    _exit(0);
  } catch (const std::exception& error) {
    fprintf(stderr, "child: %s\n", error.what());
    _exit(1);
  }
}

int exit_status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

/// Records stages `first`, `first` + 1, ... and tells each one through `pipe_end` once the store
/// has promised to keep it.
void record_for_ever(const std::filesystem::path& file, const RunStoreOptions& options, int first,
                     int pipe_end) {
  RunStore store(file, options);
  const auto plan = example_plan("r1", kPlannedStages, StageState::kDone);
  for (int i = first; i < kPlannedStages; ++i) {
    store.record_stage(example_stage(i), long_curve(kPointsOfAStage),
                       plan[static_cast<std::size_t>(i)]);
    if (write(pipe_end, &i, sizeof i) != sizeof i) _exit(2);
  }
}

/// Lets the child promise `enough` stages, waits `delay`, and kills it.
/// \returns the last stage that was promised, or `before` if none was.
int kill_after(pid_t child, int pipe_end, int enough, std::chrono::microseconds delay, int before) {
  int promised = before;
  for (int told = 0; told < enough; ++told) {
    if (read(pipe_end, &promised, sizeof promised) != sizeof promised) break;
  }
  std::this_thread::sleep_for(delay);
  kill(child, SIGKILL);
  exit_status_of(child);
  for (int last = 0; read(pipe_end, &last, sizeof last) == sizeof last;) promised = last;
  return promised;
}

/// Every stage up to `promised` is there, whatever is there is whole, and run and stages agree.
/// \returns the number of stages on record.
int expect_whole(const std::filesystem::path& file, int promised) {
  const RunReader reader(file);
  const auto keys = reader.all_keys();
  const auto stages = reader.run_stages("r1");
  EXPECT_GE(static_cast<int>(keys.size()), promised + 1);
  EXPECT_EQ(stages.size(), static_cast<std::size_t>(kPlannedStages));
  for (int i = 0; i < static_cast<int>(keys.size()); ++i) {
    const std::vector<std::string> key = {example_key(i)};
    EXPECT_EQ(reader.points(key).size(), static_cast<std::size_t>(kPointsOfAStage)) << i;
    EXPECT_EQ(stages[static_cast<std::size_t>(i)].outcome, StageState::kDone) << i;
  }
  for (std::size_t i = keys.size(); i < stages.size(); ++i) {
    EXPECT_EQ(stages[i].outcome, StageState::kQueued) << i;
  }
  EXPECT_EQ(check_database(file), std::vector<std::string>{});
  return static_cast<int>(keys.size());
}

class KilledWriter : public testing::TestWithParam<JournalMode> {
 protected:
  KilledWriter() : options_{.journal = GetParam()} {
    RunStore store(folder_.file(), options_);
    store.begin_run(example_run("r1", kNoon),
                    example_plan("r1", kPlannedStages, StageState::kQueued));
  }

  ScratchFolder folder_;
  RunStoreOptions options_;
};

TEST_P(KilledWriter, LosesNothingCommitted) {
  std::mt19937 draw(11);
  int next = 0;
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const auto child = in_child([&] { record_for_ever(folder_.file(), options_, next, ends[1]); });
    close(ends[1]);
    const auto delay = std::chrono::microseconds(draw() % 5000);
    const int promised = kill_after(child, ends[0], static_cast<int>(draw() % 3), delay, next - 1);
    close(ends[0]);
    next = expect_whole(folder_.file(), promised);
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST_P(KilledWriter, LeavesNothingOfATransactionThatHadReachedTheDisk) {
  const auto child = in_child([&] {
    Connection connection(folder_.file(), OpenMode::kWrite, 5000);
    // Ten pages of memory: most of the rows are in the files before the end.
    connection.execute("PRAGMA cache_size = 10; PRAGMA foreign_keys = ON");
    Transaction transaction(connection, OpenMode::kWrite);
    replace_stage(connection, example_stage(0), long_curve(20'000));
    kill(getpid(), SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(exit_status_of(child)));

  EXPECT_EQ(expect_whole(folder_.file(), -1), 0);
  RunStore(folder_.file(), options_).record_stage(example_stage(0), long_curve(kPointsOfAStage));
  EXPECT_EQ(RunReader(folder_.file()).all_keys().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(InBothJournals, KilledWriter,
                         testing::Values(JournalMode::kWriteAhead, JournalMode::kRollback),
                         [](const auto& test) {
                           return test.param == JournalMode::kWriteAhead ? "WriteAhead"
                                                                         : "Rollback";
                         });

class MeetingWriters : public KilledWriter {};

TEST_P(MeetingWriters, SayWhatToDoIfTheOtherTakesTooLong) {
  Connection other(folder_.file(), OpenMode::kWrite, 0);
  const Transaction held(other, OpenMode::kWrite);
  RunStore store(folder_.file(), {.busy_timeout_ms = 20, .journal = GetParam()});
  try {
    store.record_stage(example_stage(1), {});
    FAIL() << "no exception";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.trouble(), DatabaseTrouble::kBusy) << error.what();
    const std::string message = error.what();
    EXPECT_NE(message.find("recording stage aaaaaaaaaaaa"), std::string::npos) << message;
    EXPECT_NE(message.find("Wait for the other bench to end"), std::string::npos) << message;
  }
}

TEST_P(MeetingWriters, TakeTurns) {
  constexpr int kWriters = 4, kStagesEach = 20;
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    children.push_back(in_child([&] {
      RunStore store(folder_.file(), {.busy_timeout_ms = 60'000, .journal = GetParam()});
      for (int i = 0; i < kStagesEach; ++i) {
        const int number = writer * kStagesEach + i;
        store.record_stage(example_stage(number), example_measurements(number));
      }
    }));
  }
  const RunReader reader(folder_.file(), 60'000);
  while (reader.all_keys().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (const auto child : children) EXPECT_EQ(exit_status_of(child), 0);

  const auto keys = reader.all_keys();
  EXPECT_EQ(keys.size(), static_cast<std::size_t>(kWriters * kStagesEach));
  for (int i = 0; i < kWriters * kStagesEach; ++i) {
    const std::vector<std::string> key = {example_key(i)};
    EXPECT_EQ(reader.measurements(key), example_measurements(i));
  }
}

INSTANTIATE_TEST_SUITE_P(InBothJournals, MeetingWriters,
                         testing::Values(JournalMode::kWriteAhead, JournalMode::kRollback),
                         [](const auto& test) {
                           return test.param == JournalMode::kWriteAhead ? "WriteAhead"
                                                                         : "Rollback";
                         });

TEST(Store, IsMadeOnceByProgramsThatStartTogether) {
  const ScratchFolder folder;
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    children.push_back(in_child([&] {
      RunStore store(folder.file(), {.busy_timeout_ms = 60'000});
      store.record_stage(example_stage(i), {});
    }));
  }
  for (const auto child : children) EXPECT_EQ(exit_status_of(child), 0);

  EXPECT_EQ(RunReader(folder.file()).all_keys().size(), 6U);
}

TEST(Reader, SeesWhatIsCommittedWhileAWriterIsAtWork) {
  const ScratchFolder folder;
  RunStore store(folder.file());
  store.record_stage(example_stage(1), example_measurements(1));
  Connection other(folder.file(), OpenMode::kWrite, 0);
  const Transaction at_work(other, OpenMode::kWrite);
  other.execute("DELETE FROM stage");

  const RunReader reader(folder.file(), 0);

  EXPECT_EQ(reader.all_keys(), std::vector<std::string>{example_key(1)});
}

}  // namespace
}  // namespace bench::db
