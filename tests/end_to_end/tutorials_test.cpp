#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/end_to_end/program.h"
#include "tests/temporary_folder.h"

/// Walks through docs/tutorials as a reader does: saves the files and runs the commands of each
/// page in an empty folder. A command ends with 0 unless the page says " # exits with N".
namespace bench::end_to_end {
namespace {

namespace fs = std::filesystem;

struct Command {
  std::string line;  ///< as printed, without the remark
  int exit_code = 0;
};

struct Page {
  std::vector<std::pair<std::string, std::string>> files;  ///< name, content
  std::vector<Command> commands;
};

Command command_of(const std::string& line) {
  constexpr std::string_view kRemark = " # exits with ";
  const auto at = line.find(kRemark);
  if (at == std::string::npos) return {line};
  return {line.substr(0, at), std::stoi(line.substr(at + kRemark.size()))};
}

/// "Save this as `NAME`" names the next block of JSON; blocks of sh are commands.
Page page_of(const std::string& name) {
  std::ifstream document(std::string(BENCH_SOURCE_DIR) + "/docs/tutorials/" + name);
  Page page;
  std::string file_name, block;
  for (std::string line; std::getline(document, line);) {
    constexpr std::string_view kSave = "Save this as `";
    if (const auto at = line.find(kSave); at != std::string::npos) {
      const auto start = at + kSave.size();
      file_name = line.substr(start, line.find('`', start) - start);
    }
    if (line.starts_with("```")) {
      block = block.empty() ? line : "";
      if (block == "```json") page.files.emplace_back(file_name, "");
    } else if (block == "```json") {
      page.files.back().second += line;
      page.files.back().second += '\n';
    } else if (block == "```sh") {
      page.commands.push_back(command_of(line));
    }
  }
  return page;
}

/// As a shell splits it: blanks separate, double quotes keep together.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (const char letter : line + " ") {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ' ' && !quoted) {
      if (!word.empty()) words.push_back(word);
      word.clear();
    } else {
      word += letter;
    }
  }
  return words;
}

struct Tutorials : testing::TestWithParam<const char*> {
  Tutorials() : before_(fs::current_path()) {
    ::unsetenv("BENCH_STAGE_PROGRAM");
    fs::current_path(folder_.path());
    const fs::path pairs = fs::path(BENCH_SOURCE_DIR) / "tests/reference/metric_fixtures";
    for (const char* folder : {"clean", "restored"}) fs::create_directory(folder);
    fs::copy_file(pairs / "gray_camera_ref.png", "clean/camera.png");
    fs::copy_file(pairs / "gray_camera_s30.png", "restored/camera.png");
    fs::copy_file(pairs / "rgb_coffee_rain_ref.png", "clean/coffee.png");
    fs::copy_file(pairs / "rgb_coffee_rain.png", "restored/coffee.png");
  }
  ~Tutorials() override { fs::current_path(before_); }

  tests::TemporaryFolder folder_;
  fs::path before_;
};

TEST_P(Tutorials, HaveCommandsThatDoWhatThePageSays) {
  const auto page = page_of(GetParam());
  ASSERT_GE(page.commands.size(), 2U);
  for (const auto& [name, content] : page.files) std::ofstream(name) << content;
  for (const auto& [line, exit_code] : page.commands) {
    auto words = words_of(line);
    ASSERT_EQ(words.at(0), "bench") << line;
    words.erase(words.begin());
    const auto ended = Program(words, folder_.path() / "output.log").wait();
    EXPECT_EQ(ended.exit_code, exit_code) << line << "\n" << ended.output;
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, Tutorials,
                         testing::Values("table_tonight.md", "reproduce_a_claim.md",
                                         "gate_in_ci.md", "doubt_a_number.md"),
                         [](const auto& page) {
                           const std::string name = page.param;
                           return name.substr(0, name.find('.'));
                         });

// A page that the index forgets is not found; a file that a page promises must be there.
TEST(TutorialIndex, NamesEveryPage) {
  const std::string folder = std::string(BENCH_SOURCE_DIR) + "/docs/tutorials";
  const auto index = text_of(folder + "/README.md");
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name == "README.md") continue;
    EXPECT_THAT(index, testing::HasSubstr("(" + name + ")"));
  }
}

}  // namespace
}  // namespace bench::end_to_end
