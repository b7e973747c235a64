#include "stages/checkpoint.h"

#include <iostream>
#include <new>
#include <stdexcept>

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
  try {
    return whole_state();
  } catch (const std::bad_alloc&) {
    throw;  // says nothing of the file
  } catch (const std::exception& error) {
    // Of a full disk, or of a copy that was cut short: better late than never.
    std::cerr << file_.string()
              << ": this checkpoint cannot be used, so the stage begins again: " << error.what()
              << std::endl;
    stage_.events.truncate(0);
    remove();
    return std::nullopt;
  }
}

training::State Checkpoint::whole_state() {
  training::State state = read_tensors(file_);
  const auto events = std::stoll(state.facts.at(kEventsPosition));
  if (events > stage_.events.position()) {
    throw std::runtime_error("it follows " + std::to_string(events) + " bytes of events, and " +
                             std::to_string(stage_.events.position()) + " are there");
  }
  stage_.events.truncate(events);
  const auto position = state.facts.find("position");
  std::cerr << "resumes from a checkpoint"
            << (position == state.facts.end() ? "" : " at position " + position->second)
            << std::endl;
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
