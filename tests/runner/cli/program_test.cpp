#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <set>

#include "db/run_store.h"
#include "runner/execute/run_lock.h"
#include "tests/end_to_end/program.h"
#include "tests/runner/example_experiment.h"
#include "tests/temporary_folder.h"

/// The real program on mistakes: exit code 2, one message, nothing created.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using Words = std::vector<std::string>;

class ProgramTest : public testing::Test {
 protected:
  ProgramTest() { scratch_.write("good.json", example_experiment().dump(2)); }

  std::string at(const std::string& name) const { return (scratch_.path() / name).string(); }

  end_to_end::Ended bench(const Words& words) const {
    return end_to_end::Program(words, output_.path() / "said").wait();
  }

  /// Runs an experiment file of the folder into a store and a report that are not there.
  end_to_end::Ended run(const std::string& file, const Words& more = {}) const {
    Words words = {"run", at(file), "--store", at("store"), "--report", at("report")};
    words.insert(words.end(), more.begin(), more.end());
    return bench(words);
  }

  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(scratch_.path())) {
      names.insert(entry.path());
    }
    return names;
  }

  const tests::TemporaryFolder scratch_, output_;
};

TEST_F(ProgramTest, RefusesTextsThatAreNoExperiment) {
  const std::vector<std::pair<std::string, std::string>> refusals = {
      {"", "x.json:1:1: expected"},
      {"\n\n", "x.json:3:1: expected"},
      {"[]", "x.json:1:1: the file: expected an object, found []"},
      {"{\"name\": \"a\",}", "x.json:1:14: expected"},
      {"{\"seeds\": [1,]}", "x.json:1:14: seeds[1]: expected"},
      {"{\"name\": \"\xff\"}", "x.json:1:11: name: expected UTF-8 text, found byte 0xff"},
      {"{\"name\": \"a\",\n \"name\": \"b\"}", "x.json:2:2: expected each key once"},
      {std::string(200, '[') + std::string(200, ']'), "x.json:1:65: [0][0]"},
      {"{\"name\": \"a\"", "x.json:1:13: name: expected"},
      {"{} {}", "x.json:1:4: expected end of input"},
  };
  for (const auto& [text, beginning] : refusals) {
    scratch_.write("x.json", text);
    const auto before = files();
    const auto ended = run("x.json");
    EXPECT_EQ(ended.exit_code, 2) << text;
    const std::string folder = scratch_.path().string();
    EXPECT_THAT(ended.output, StartsWith("bench: " + folder + "/" + beginning)) << text;
    EXPECT_EQ(files(), before) << text;
  }
}

TEST_F(ProgramTest, RefusesWordsThatItCannotUse) {
  const std::vector<std::pair<Words, std::string>> refusals = {
      {{"--set", "seeds"}, "--set seeds: expected PATH=VALUE"},
      {{"--set", "profiles.quik.keep_images=1"}, "found no \"quik\"; did you mean \"quick\"?"},
      {{"--set", "contestants.9.kind=degraded"}, "found \"9\" in a list of 6"},
      {{"--set", "profiles.quick.train.stpes=1"},
       "--set profiles.quick.train.stpes: profiles.quick.train: expected one of the keys"},
      {{"--set", "profiles.quick.train.steps=many"},
       "--set profiles.quick.train.steps: profiles.quick.train.steps: expected a whole number"},
      {{"--seeds", ""}, "--seeds: expected a value, found an empty one"},
      {{"--seeds", "1,,2"}, "found \"1,,2\""},
      {{"--seeds", "1,x"}, "found \"1,x\""},
      {{"--seeds", "0"}, "found \"0\""},
      {{"--seeds", "1,1"}, "found \"1,1\""},
      {{"--seeds", "99999999999999999999"}, "found \"99999999999999999999\""},
      {{"--profile", "qick"}, "expected \"quick\", found \"qick\"; did you mean \"quick\"?"},
      {{"--threads", "0"}, "--threads: Value 0 not in range 1 to 4096"},
      {{"--profil", "quick"}, "did you mean \"--profile\"?"},
  };
  for (const auto& [words, part] : refusals) {
    const auto before = files();
    const auto ended = run("good.json", words);
    EXPECT_EQ(ended.exit_code, 2) << part;
    EXPECT_THAT(ended.output, HasSubstr(part));
    EXPECT_EQ(files(), before) << part;
  }
}

// `plan` and `explain` write no report.
TEST_F(ProgramTest, TakesNoOptionThatHasNoEffect) {
  for (const char* command : {"plan", "explain"}) {
    const auto ended = bench({command, at("good.json"), "--report", at("report")});
    EXPECT_EQ(ended.exit_code, 2) << command;
    EXPECT_THAT(ended.output, HasSubstr("--report")) << command;
  }
}

TEST_F(ProgramTest, RefusesPlacesThatItCannotReadOrWrite) {
  const auto before = files();
  for (const char* file : {"nothing.json", "."}) {
    const auto ended = run(file);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_THAT(ended.output, HasSubstr("Pass an experiment file"));
  }
  const auto file = at("good.json");
  const auto store = bench({"run", file, "--store", file, "--report", at("report")});
  EXPECT_EQ(store.exit_code, 2);
  EXPECT_THAT(store.output, HasSubstr("--store " + file + ": expected a writable folder"));
  const auto report = bench({"run", file, "--store", at("store"), "--report", file});
  EXPECT_EQ(report.exit_code, 2);
  EXPECT_THAT(report.output, HasSubstr("--report " + file + ": expected a writable folder"));
  EXPECT_EQ(files(), before);
}

TEST_F(ProgramTest, RefusesAStoreThatIsNotThere) {
  for (const auto& words :
       {Words{"status"}, Words{"ls"}, Words{"show"}, Words{"report", at("good.json")},
        Words{"compare", "latest:degraded", "latest:fusion"}}) {
    Words all = words;
    all.insert(all.end(), {"--store", at("nothing")});
    const auto ended = bench(all);
    EXPECT_EQ(ended.exit_code, 2) << words[0];
    EXPECT_THAT(ended.output, HasSubstr("bench.db: file not found. Run an experiment first"))
        << words[0];
  }
  EXPECT_FALSE(fs::exists(at("nothing")));
}

TEST_F(ProgramTest, NamesTheDataSetThatIsNotThereAndTheCommandThatGetsIt) {
  auto experiment = example_experiment();
  auto& data = experiment["profiles"]["quick"]["data"]["denoise"];
  data["test"] = {{{"set", "set12"}}};
  scratch_.write("x.json", experiment.dump(2));
  const tests::TemporaryFolder empty;
  ::setenv("BENCH_DATA_DIR", empty.path().c_str(), 1);
  const auto before = files();
  const auto ended = run("x.json");
  ::unsetenv("BENCH_DATA_DIR");
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("\"set12\""), HasSubstr(empty.path().string()),
                                  HasSubstr("bench data fetch set12")));
  EXPECT_EQ(files(), before);
}

TEST_F(ProgramTest, SaysOfAKilledRunThatItIsInterrupted) {
  const fs::path store = at("store");
  const std::vector<db::RunStage> stages{{.name = "train",
                                          .kind = "train",
                                          .key = std::string(64, 'a'),
                                          .outcome = exchange::StageState::kRunning}};
  db::RunStore(store / "bench.db")
      .begin_run({.run_id = "example-quick",
                  .experiment_name = "example",
                  .profile = "quick",
                  .seeds = {1},
                  .command_line = "bench run x.json",
                  .started_utc = "2026-01-01T00:00:00Z"},
                 stages);
  const auto status = [&] { return bench({"status", "--store", store.string()}).output; };
  EXPECT_THAT(status(), AllOf(HasSubstr("example-quick: interrupted"), HasSubstr("1 interrupted")));
  const RunLock at_work(store, "example-quick");
  EXPECT_THAT(status(), AllOf(HasSubstr("example-quick: running"), HasSubstr("1 running")));
}

// What a full disk does to `bench ... > file`.
TEST_F(ProgramTest, FailsWhenWhatItPrintsIsLost) {
  const auto file = at("good.json");
  for (const auto& words :
       {Words{"--help"}, Words{"--version"}, Words{"score", "--help"}, Words{"ls", "methods"},
        Words{"ls", "methods", "--json"}, Words{"score", "--list-protocols"}, Words{"data", "list"},
        Words{"data", "list", "--json"}, Words{"data", "verify", "embedded-leaves"},
        Words{"diff", file, file}, Words{"diff", file, file, "--json"},
        Words{"plan", file, "--store", at("store")},
        Words{"plan", file, "--store", at("store"), "--json"}, Words{"doctor"}}) {
    const auto ended = end_to_end::Program(words, output_.path() / "said", "/dev/full").wait();
    EXPECT_EQ(ended.exit_code, 1) << words[0];
    EXPECT_THAT(ended.output, HasSubstr("bench: standard output cannot be written: ")) << words[0];
  }
}

TEST_F(ProgramTest, NamesTheNearestCommand) {
  const auto ended = bench({"rnu"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.output, HasSubstr("unknown command \"rnu\"; did you mean \"run\"?"));
}

}  // namespace
}  // namespace bench::runner
