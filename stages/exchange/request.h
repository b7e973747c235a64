#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench::exchange {

/// Another stage whose folder this one reads.
struct InputFolder {
  std::string role;    ///< "data", "model"
  std::string folder;  ///< relative to this stage's folder, so that a store can be moved
  friend bool operator==(const InputFolder&, const InputFolder&) = default;
};

/// When a stage saves where it is: after so many steps or seconds, whichever comes first.
struct CheckpointInterval {
  std::int64_t steps = 0;  ///< 0: steps are not counted
  double seconds = 20;     ///< 0: time is not measured
  friend bool operator==(const CheckpointInterval&, const CheckpointInterval&) = default;
};

/// "200steps", "90s" or "5min", the number 1 or more (a bare number: steps).
/// \throws std::invalid_argument saying what was expected and found.
CheckpointInterval parse_checkpoint_interval(const std::string& text);

/// request.json: all that a stage is told.
struct StageRequest {
  std::string kind;           ///< "prepare", "search", "train", "evaluate", "cost", "restore"
  std::string name;           ///< for people
  std::string settings_json;  ///< what decides the result, with `inputs` and the code
  std::vector<InputFolder> inputs;
  std::string data_root;               ///< where data sets lie on this machine; decides nothing
  CheckpointInterval checkpoint = {};  ///< decides nothing either
  /// Imported data sets by name -> the file that describes them on this machine; decides nothing.
  std::map<std::string, std::string> data_sets = {};
  // For the record, so that it can be made again from the folders.
  std::string code_digest = {};  ///< of the code that can change the result,
  std::vector<std::pair<std::string, std::string>> code_folders = {};  ///< and of each folder of it
  std::string data_digest = {};     ///< of the images that are read from outside the store
  std::string program_digest = {};  ///< of a bench-stage that is not bench's own
  std::string started_utc = {};
  friend bool operator==(const StageRequest&, const StageRequest&) = default;
};

inline constexpr const char* kRequestFile = "request.json";
inline constexpr const char* kEventsFile = "events.jsonl";
inline constexpr const char* kResultFile = "result.json";
inline constexpr const char* kFailureFile = "failure.json";
inline constexpr const char* kArtifactsFolder = "artifacts";

/// Exit code of a stage that was asked to stop (SIGTERM) and can go on from its checkpoint.
inline constexpr int kInterruptedExit = 130;

void write_request(const std::filesystem::path& stage_folder, const StageRequest& request);

/// \throws std::runtime_error naming the file, also when it was written by a newer version.
StageRequest read_request(const std::filesystem::path& stage_folder);

}  // namespace bench::exchange
