#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "tests/end_to_end/program.h"
#include "tests/temporary_folder.h"

/// The scripts are loaded into the shells that they are for.
namespace bench::runner {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;
using Words = std::vector<std::string>;

Words lines_of(const std::string& text) {
  std::istringstream in(text);
  Words lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class Completion : public testing::Test {
 protected:
  std::string said(const Words& words, int exit_code = 0) const {
    const auto ended = end_to_end::Program(words, folder_.path() / "said").wait();
    EXPECT_EQ(ended.exit_code, exit_code) << ended.output;
    return ended.output;
  }

  static bool has_shell(const std::string& shell) {
    return std::system(("command -v " + shell + " >/dev/null").c_str()) == 0;
  }

  /// What a command of the system says, in a folder that has the script of that shell.
  std::string shell_says(const std::string& shell, const std::string& command) const {
    folder_.write("script", said({"completion", shell}));
    folder_.write("command", command);
    const std::string folder = folder_.path().string();
    const std::string line = "cd '" + folder + "' && " + shell + " ./command >answer 2>&1";
    EXPECT_EQ(std::system(line.c_str()), 0) << end_to_end::text_of(folder_.path() / "answer");
    return end_to_end::text_of(folder_.path() / "answer");
  }

  /// What bash offers for the last of the words.
  Words offered(const Words& typed) const {
    std::string words;
    for (const auto& word : typed) words += " '" + word + "'";
    return lines_of(shell_says("bash", "source ./script\nCOMP_WORDS=(bench" + words +
                                           ")\nCOMP_CWORD=" + std::to_string(typed.size()) +
                                           "\n_bench\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"));
  }

  const tests::TemporaryFolder folder_;
};

TEST_F(Completion, OfBashOffersCommands) {
  EXPECT_THAT(offered({"ru"}), ElementsAre("run"));
  EXPECT_THAT(offered({""}), IsSupersetOf({"run", "plan", "gate", "completion", "--version"}));
}

TEST_F(Completion, OfBashOffersTheOptionsOfTheCommand) {
  EXPECT_THAT(offered({"run", "--che"}), ElementsAre("--checkpoint-every"));
  EXPECT_THAT(offered({"run", "x.json", "--thr"}), ElementsAre("--threads"));
  EXPECT_THAT(offered({"status", "--che"}), ElementsAre(""));
}

TEST_F(Completion, OfBashOffersTheWordsThatAnOptionTakes) {
  EXPECT_THAT(offered({"cost", "dncnn_s", "--device", ""}), ElementsAre("cpu", "cuda"));
  EXPECT_THAT(offered({"cost", "dncnn_s", "--device", "=", "cu"}), ElementsAre("cuda"));
  EXPECT_THAT(offered({"completion", "z"}), ElementsAre("zsh"));
  // A file name: bash offers its own where nothing is offered.
  EXPECT_THAT(offered({"run", "--store", "--"}), ElementsAre(""));
}

TEST_F(Completion, OfBashKnowsCommandsWithinCommands) {
  EXPECT_THAT(offered({"data", "f"}), ElementsAre("fetch"));
  EXPECT_THAT(offered({"data", "fetch", "--allow"}), ElementsAre("--allow-download"));
  EXPECT_THAT(offered({"gate", "c"}), ElementsAre("cost"));
  EXPECT_THAT(offered({"gate", "cost", "--rou"}), ElementsAre("--rounds"));
  EXPECT_THAT(offered({"gate", "--rou"}), ElementsAre(""));
}

TEST_F(Completion, OfBashOffersEveryOptionThatHelpShows) {
  const Words commands = offered({""});
  ASSERT_GT(commands.size(), 15U);
  for (const auto& command : commands) {
    if (command.starts_with("-")) continue;
    const auto options = offered({command, "--"});
    for (const auto& line : lines_of(said({command, "--help"}))) {
      const auto at = line.find("--");
      if (!line.starts_with("  ") || at == std::string::npos || at > 5) continue;
      EXPECT_THAT(options, Contains(line.substr(at, line.find_first_of(" =,", at) - at)))
          << command << ": " << line;
    }
  }
}

TEST_F(Completion, OfZshIsReadWithoutAMistake) {
  if (!has_shell("zsh")) GTEST_SKIP() << "zsh is not installed: its script is not read";
  EXPECT_EQ(shell_says("zsh",
                       "autoload -Uz compinit; compinit -u -d ./dump\nsource ./script\n"
                       "print -r -- ${_comps[bench]}\n"),
            "_bench\n");
}

TEST_F(Completion, OfFishOffersCommandsAndOptions) {
  if (!has_shell("fish")) GTEST_SKIP() << "fish is not installed: its script is not read";
  const auto answer = shell_says("fish",
                                 "source ./script\ncomplete -C 'bench ru'\n"
                                 "complete -C 'bench run --che'\n"
                                 "complete -C 'bench data fetch --allow'\n");
  EXPECT_THAT(answer, HasSubstr("run\t"));
  EXPECT_THAT(answer, HasSubstr("--checkpoint-every\t"));
  EXPECT_THAT(answer, HasSubstr("--allow-download\t"));
  EXPECT_THAT(answer, Not(HasSubstr("--store")));
}

TEST_F(Completion, OfAnotherShellIsRefused) {
  EXPECT_THAT(said({"completion", "tcsh"}, 2), HasSubstr("tcsh"));
}

}  // namespace
}  // namespace bench::runner
