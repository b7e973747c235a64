#include "runner/launch/slurm_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace bench::runner {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(SlurmSettings, AreOptionsOfSbatch) {
  SlurmSettings settings;
  for (const char* one : {"partition=gpu,cpu", "time=1-12:00:00", "gres=gpu:a100:2", "mem=16G",
                          "nodelist=n[1-3,7]", "constraint=avx512&ib|new", "time=90"}) {
    add_slurm_setting(settings, one);
  }
  EXPECT_THAT(settings, ElementsAre(Pair("constraint", "avx512&ib|new"), Pair("gres", "gpu:a100:2"),
                                    Pair("mem", "16G"), Pair("nodelist", "n[1-3,7]"),
                                    Pair("partition", "gpu,cpu"), Pair("time", "90")));
}

// Neither another option, nor a file, nor a second word.
TEST(SlurmSettings, SayNothingElse) {
  for (const char* one : {"partition=",
                          "partition=--wrap=x",
                          "partition=a b",
                          "partition=a\nb",
                          "partition=a;b",
                          "partition=$(id)",
                          "partition=`id`",
                          "nodelist=~/hosts",
                          "nodelist=\"n1\"",
                          "time=soon",
                          "time=:",
                          "mem=G",
                          "mem=1X",
                          "jobs=0",
                          "jobs=-1",
                          "jobs=1x",
                          "jobs=99999999999",
                          "wrap=id",
                          "output=/etc/passwd",
                          "array=1-9",
                          "",
                          "partition"}) {
    SlurmSettings settings;
    EXPECT_THROW(add_slurm_setting(settings, one), std::invalid_argument) << one;
    EXPECT_TRUE(settings.empty()) << one;
  }
  SlurmSettings settings;
  EXPECT_THROW(add_slurm_setting(settings, "partition", std::string("a\0b", 3)),
               std::invalid_argument);
  EXPECT_THROW(add_slurm_setting(settings, "partition", std::string(257, 'a')),
               std::invalid_argument);
}

TEST(SlurmSettings, NameWhatIsKnown) {
  SlurmSettings settings;
  try {
    add_slurm_setting(settings, "part=gpu");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("partition"));
    EXPECT_THAT(error.what(), HasSubstr("found \"part\""));
  }
}

}  // namespace
}  // namespace bench::runner
