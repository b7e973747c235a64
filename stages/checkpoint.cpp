#include "stages/checkpoint.h"

#include "stages/tensor_file.h"

namespace bench::stages {
namespace {

constexpr const char* kEventsPosition = "events_position";

}  // namespace

Checkpoint::Checkpoint(Stage& stage)
    : stage_(stage),
      file_(stage.folder / "checkpoint.safetensors"),
      last_(std::chrono::steady_clock::now()) {}

std::optional<training::State> Checkpoint::take_up() {
  if (!std::filesystem::exists(file_)) {
    stage_.events.truncate(0);
    return std::nullopt;
  }
  training::State state = read_tensors(file_);
  stage_.events.truncate(std::stoll(state.facts.at(kEventsPosition)));
  return state;
}

bool Checkpoint::is_due() {
  const auto& interval = stage_.request.checkpoint;
  ++steps_since_;
  if (interval.steps > 0 && steps_since_ >= interval.steps) return true;
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - last_;
  return interval.seconds > 0 && since.count() > interval.seconds;
}

void Checkpoint::write(training::State state) {
  state.facts[kEventsPosition] = std::to_string(stage_.events.position());
  write_tensors(file_, state);
  last_ = std::chrono::steady_clock::now();
  steps_since_ = 0;
}

void Checkpoint::remove() {
  std::filesystem::remove(file_);
}

}  // namespace bench::stages
