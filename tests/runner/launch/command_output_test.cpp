#include "runner/launch/command_output.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

TEST(CommandOutput, IsWhatACommandPrints) {
  EXPECT_EQ(output_of({"printf", "%s", "a b"}), "a b");
  EXPECT_EQ(output_of({"false"}), std::nullopt);
  EXPECT_EQ(output_of({"no-such-command-of-bench"}), std::nullopt);
  // More than a pipe holds.
  EXPECT_EQ(output_of({"head", "-c", "300000", "/dev/zero"}).value_or("").size(), 300000U);
}

/// A repository with a change, whose configuration names a program wherever git would call one.
class HostileRepository : public testing::Test {
 protected:
  HostileRepository() {
    const auto spy =
        folder_.write("spy", "#!/bin/sh\necho \"$0 $*\" >> '" +
                                 (folder_.path() / "called").string() + "'\ncat 2>/dev/null\n");
    fs::permissions(spy, fs::perms::owner_all);
    git({"init", "-q"});
    folder_.write("repository/file", "before\n");
    folder_.write("repository/.gitattributes", "* filter=spy diff=spy\n");
    git({"add", "."});
    git({"-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "m"});
    for (const char* key :
         {"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "diff.external",
          "diff.spy.command", "diff.spy.textconv", "filter.spy.clean", "filter.spy.smudge"}) {
      git({"config", key, spy.string()});
    }
    git({"config", "core.hooksPath", folder_.path().string()});
    folder_.write("repository/file", "after\n");
    fs::remove(folder_.path() / "called");
  }

  fs::path repository() const { return folder_.path() / "repository"; }

  void git(std::vector<std::string> words) const {
    fs::create_directories(repository());
    words.insert(words.begin(), {"git", "-C", repository().string()});
    ASSERT_TRUE(output_of(words)) << words[3];
  }

  bool spy_was_called() const { return fs::exists(folder_.path() / "called"); }

  const tests::TemporaryFolder folder_;
};

TEST_F(HostileRepository, ExecutesNothing) {
  const auto diff = git_output(repository(), {"diff", "--no-ext-diff", "--no-textconv",
                                              "--ignore-submodules=dirty", "HEAD"});
  ASSERT_TRUE(diff);
  EXPECT_NE(diff->find("+after"), std::string::npos) << *diff;
  EXPECT_TRUE(git_output(repository(), {"rev-parse", "HEAD"}));
  EXPECT_FALSE(spy_was_called());
}

// Else the test above would pass whatever git is told.
TEST_F(HostileRepository, WouldExecuteSomethingOtherwise) {
  output_of({"git", "-C", repository().string(), "diff", "HEAD"});
  EXPECT_TRUE(spy_was_called());
}

}  // namespace
}  // namespace bench::runner
