#pragma once

#include <chrono>
#include <optional>

#include "stages/stage.h"
#include "training/state.h"

namespace bench::stages {

/// Where a stage was, so that it can go on after a kill: artifacts-to-be in one safetensors file,
/// written atomically, with the position in events.jsonl.
class Checkpoint {
 public:
  explicit Checkpoint(Stage& stage);

  /// The last one written, if any; events after it are cut off. The stage's log says that it was
  /// taken up, or why it could not be.
  std::optional<training::State> take_up();

  /// Whether it is time for one. Called once after each step.
  bool is_due();

  void write(training::State state);

  /// The stage is done: nothing to go on with.
  void remove();

 private:
  training::State whole_state();

  Stage& stage_;
  std::filesystem::path file_;
  std::chrono::steady_clock::time_point last_;
  std::int64_t steps_since_ = 0;
};

}  // namespace bench::stages
