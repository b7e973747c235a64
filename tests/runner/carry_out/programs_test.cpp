#include "runner/carry_out/programs.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

TEST(GivenOrInstalled, APathThatIsThereOrAbsoluteOrNowhereStaysAsItWasGiven) {
  const tests::TemporaryFolder folder;
  const auto there = fs::relative(folder.write("x.json", "{}"));
  EXPECT_EQ(given_or_installed(there), there);
  EXPECT_EQ(given_or_installed("/no/such/x.json"), "/no/such/x.json");
  EXPECT_EQ(given_or_installed("no/such/x.json"), "no/such/x.json");
  EXPECT_EQ(given_or_installed(""), "");
}

TEST(GivenOrInstalled, AnInstalledFileIsFoundBesideTheProgram) {
  // The test program stands for PREFIX/lib/bench/bench.
  const fs::path file = "experiments/only_installed.json";
  const auto program = fs::read_symlink("/proc/self/exe");
  const auto share = program.parent_path().parent_path().parent_path() / "share" / "bench";
  fs::create_directories((share / file).parent_path());
  std::ofstream(share / file) << "{}";
  EXPECT_EQ(given_or_installed(file), share / file);
  EXPECT_EQ(installed_share(), share);
  fs::remove_all(share);
}

}  // namespace
}  // namespace bench::runner
