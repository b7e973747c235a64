#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/end_to_end/program.h"
#include "tests/temporary_folder.h"

namespace bench::runner {

using end_to_end::Ended;
using end_to_end::Program;

/// The real `bench` on a small experiment, one contestant trained with two seeds, whose stages are
/// done by fake_stage.cpp: a second for all, or as long as the test wants.
class FakedProgram : public testing::Test {
 protected:
  FakedProgram();
  ~FakedProgram() override;

  /// Sets a variable that fake_stage.cpp reads, until the end of the test.
  void tell_stages(const std::string& name, const std::string& value);
  /// What the stages of a kind do instead of their work, from here on; "" for nothing.
  void misdeed(const std::string& what, const std::string& kind = "train");

  /// `bench run` on the store of that name, started or carried out.
  Program start(const std::string& store = "store",
                const std::vector<std::string>& more = {}) const;
  Ended run(const std::string& store = "store", const std::vector<std::string>& more = {}) const;
  /// Another command on the store; `bench COMMAND ... --store STORE`.
  Ended bench(std::vector<std::string> arguments, const std::string& store = "store") const;

  std::filesystem::path at(const std::string& name) const { return folder_.path() / name; }

  /// The folders of the stages of a kind that have a request, in order.
  std::vector<std::filesystem::path> stages_of(const std::string& kind,
                                               const std::string& store = "store") const;
  /// Waits, two minutes at most, until a training has told a step.
  void wait_for_a_training(const std::string& store = "store") const;
  /// scores.csv of the report.
  std::string scores(const std::string& store = "store") const;
  /// The word that `status`, `ls` and `show` use for the latest run, which must be the same.
  std::string state_of_latest(const std::string& store = "store") const;

  const tests::TemporaryFolder folder_;

 private:
  std::vector<std::string> told_;
};

/// Waits until a process is gone or a zombie. \returns whether it went within ten seconds.
bool goes_away(pid_t process);

}  // namespace bench::runner
