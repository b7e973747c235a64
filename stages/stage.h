#pragma once

#include <filesystem>
#include <string>

#include "stages/exchange/events.h"
#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::stages {

/// What a stage works with: its folder, what it was told, and where it says how far it is.
struct Stage {
  std::filesystem::path folder;
  exchange::StageRequest request;
  exchange::EventWriter& events;
};

/// The stage was asked to stop (SIGTERM) and has written its checkpoint.
class Interrupted : public std::exception {
 public:
  const char* what() const noexcept override { return "asked to stop"; }
};

/// From now on SIGTERM, SIGINT, SIGQUIT and SIGHUP are noted instead of ending the process.
void heed_interruption();

/// True after one of these signals, once they are heeded.
bool is_interrupted();

// One function and one file a kind of stage. Each returns what it measured; resources and
// environment are added by main. \throws Interrupted; any other exception is a failure.
exchange::StageResult prepare(Stage& stage);
exchange::StageResult search(Stage& stage);
exchange::StageResult train(Stage& stage);
exchange::StageResult evaluate(Stage& stage);
exchange::StageResult measure_cost(Stage& stage);
exchange::StageResult restore(Stage& stage);

/// The folder of the input with that role. \throws std::runtime_error naming it.
std::filesystem::path input_folder(const Stage& stage, const std::string& role);

/// A file of the stage's own folder as an artifact: with its size and SHA-256.
exchange::Artifact artifact(const Stage& stage, const std::string& role, const std::string& path);

}  // namespace bench::stages
