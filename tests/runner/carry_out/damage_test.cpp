#include <fstream>

#include "tests/runner/faked_program.h"

/// Stores whose files were changed behind the program's back: named, done again, never a score.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using end_to_end::text_of;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void overwrite(const fs::path& file, const std::string& text) {
  ASSERT_TRUE(fs::exists(file)) << file;
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

// A gray PNG of one pixel.
const std::string kPngInHexadecimal =
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "54789c636800000082008177cd72b60000000049454e44ae426082";

void write_png(const fs::path& file) {
  std::ofstream stream(file, std::ios::binary);
  for (std::size_t i = 0; i < kPngInHexadecimal.size(); i += 2) {
    stream << static_cast<char>(std::stoi(kPngInHexadecimal.substr(i, 2), nullptr, 16));
  }
}

class Damage : public FakedProgram {
 protected:
  Damage() {
    const auto ended = run();
    EXPECT_EQ(ended.exit_code, 0) << ended.output;
    good_ = scores();
    EXPECT_GT(good_.size(), 200U);
  }

  /// One more run says these words, does so many stages again and ends with the same scores.
  void expect_repair(const std::string& words, int stages) {
    const auto ended = run();
    EXPECT_EQ(ended.exit_code, 0) << ended.output;
    EXPECT_TRUE(has(ended.output, words)) << ended.output;
    EXPECT_TRUE(has(ended.output, ": " + std::to_string(stages) + " done, ")) << ended.output;
    EXPECT_EQ(scores(), good_);
    EXPECT_TRUE(has(run().output, "stages cached")) << "and then there is nothing to do";
  }

  void remove_database() const {
    for (const char* name : {"bench.db", "bench.db-wal", "bench.db-shm"}) {
      fs::remove(at("store") / name);
    }
  }

  std::string good_;
};

TEST_F(Damage, OfABitOfAModelIsNamedAndTheTrainingDoneAgain) {
  const auto model = stages_of("train")[0] / "artifacts" / "model.safetensors";
  auto bytes = text_of(model);
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  overwrite(model, bytes);
  expect_repair(model.string() + " was changed since it was written", 1);
}

// What uses the model is not there any more: it must not be made from the altered one.
TEST_F(Damage, OfAModelNeverReachesAScore) {
  const auto model = stages_of("train")[0] / "artifacts" / "model.safetensors";
  auto bytes = text_of(model);
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  overwrite(model, bytes);
  for (const auto& folder : stages_of("evaluate")) fs::remove_all(folder);
  expect_repair(model.string() + " was changed since it was written", 3);
}

TEST_F(Damage, OfAModelIsNamedBeforeItRestoresImages) {
  const auto model = stages_of("train")[0] / "artifacts" / "model.safetensors";
  overwrite(stages_of("train")[0] / "artifacts" / "model.safetensors",
            std::string(text_of(model).size(), 'x'));
  overwrite(stages_of("train")[1] / "artifacts" / "model.safetensors",
            std::string(text_of(model).size(), 'x'));
  write_png(at("image.png"));
  const auto ended = bench({"restore", "--run", "latest", "--contestant", "net", "--seed", "1",
                            "--out", at("restored").string(), at("image.png").string()});
  EXPECT_EQ(ended.exit_code, 2) << ended.output;
  EXPECT_TRUE(has(ended.output, "was changed since it was written")) << ended.output;
}

TEST_F(Damage, OfAPreparedImageIsNamedAndItIsPreparedAgain) {
  const auto image = stages_of("prepare")[0] / "artifacts/test0/target/p10.png";
  overwrite(image, "a lea");
  expect_repair(image.string() + " has 5 bytes, and had 6", 1);
  overwrite(image, "a Leaf");
  expect_repair(image.string() + " was changed since it was written", 1);
  fs::remove(image);
  expect_repair(image.string() + " is missing", 1);
}

TEST_F(Damage, OfAResultIsNamedAndTheStageDoneAgain) {
  for (const std::string text : {"", "{}", "{\"version\": 1, \"sco"}) {
    const auto file = stages_of("evaluate")[0] / "result.json";
    overwrite(file, text);
    expect_repair(file.string() + " is damaged", 1);
  }
}

TEST_F(Damage, OfTheDatabaseToNothingIsMadeGood) {
  remove_database();
  std::ofstream(at("store") / "bench.db").close();
  const auto ended = run();
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_EQ(scores(), good_);
  EXPECT_EQ(state_of_latest(), "done");
}

TEST_F(Damage, ByTheLossOfTheDatabaseIsMadeGood) {
  remove_database();
  EXPECT_EQ(run().exit_code, 0);
  EXPECT_EQ(scores(), good_);
}

TEST_F(Damage, OfTheDatabaseIsSaidWithTheCommandThatRepairsIt) {
  remove_database();
  std::ofstream(at("store") / "bench.db") << std::string(5000, 'x');
  const auto refused = run();
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_TRUE(has(refused.output, "bench db rebuild")) << refused.output;
  EXPECT_NE(bench({"db", "check"}).exit_code, 0);
  const auto rebuilt = bench({"db", "rebuild"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  EXPECT_TRUE(has(rebuilt.output, "bench.db.aside-1")) << rebuilt.output;
  EXPECT_EQ(bench({"db", "check"}).exit_code, 0);
  EXPECT_TRUE(has(run().output, "stages cached"));
  EXPECT_EQ(scores(), good_);
}

// Whatever a command shows of it, and the report: word for word what the lost database gave.
TEST_F(Damage, OfTheDatabaseLosesNothingThatARebuildDoesNotBringBack) {
  ASSERT_EQ(run("store", {"--seeds", "1", "--set", "title=u"}).exit_code, 0);
  misdeed("crash");
  ASSERT_EQ(run("store", {"--seeds", "7"}).exit_code, 1);
  misdeed("");
  const auto everything = [&] {
    std::string all = bench({"ls", "--json"}).output;
    for (const auto& run : nlohmann::json::parse(all)) {
      all += bench({"show", run.at("run"), "--json"}).output;
      all += bench({"ls", "--stages", run.at("run"), "--json"}).output;
      for (const auto& stage :
           nlohmann::json::parse(bench({"ls", "--stages", run.at("run"), "--json"}).output)) {
        const std::string key = stage.at("key");
        if (!key.empty()) all += bench({"show", key, "--json"}).output;
      }
    }
    return all;
  };
  const auto before = everything();
  EXPECT_TRUE(has(before, "signal 11"));
  remove_database();
  const auto rebuilt = bench({"db", "rebuild"});
  ASSERT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  EXPECT_EQ(everything(), before);
}

TEST_F(Damage, NothingIsNotDamage) {
  EXPECT_TRUE(has(run().output, "stages cached"));
  EXPECT_EQ(bench({"db", "check"}).exit_code, 0);
}

class Latest : public FakedProgram {};

TEST_F(Latest, IsTheRunThatWasAskedForLastAlsoWhenItHadNothingToDo) {
  ASSERT_EQ(run("store", {"--seeds", "1"}).exit_code, 0);
  ASSERT_EQ(run("store", {"--seeds", "2"}).exit_code, 0);
  const auto seeds = [&] {
    return nlohmann::json::parse(bench({"show", "latest", "--json"}).output).at("seeds")[0];
  };
  EXPECT_EQ(seeds(), 2);
  ASSERT_TRUE(has(run("store", {"--seeds", "1"}).output, "stages cached"));
  EXPECT_EQ(seeds(), 1);
  const auto runs = nlohmann::json::parse(bench({"ls", "--json"}).output);
  EXPECT_EQ(runs[0].at("run"),
            nlohmann::json::parse(bench({"show", "latest", "--json"}).output).at("run"));
}

}  // namespace
}  // namespace bench::runner
