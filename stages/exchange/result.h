#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bench::exchange {

/// One image under one protocol. PSNR of identical images is +infinity.
struct Score {
  std::string data_set;
  std::string image;
  std::string protocol;
  double value;
  friend bool operator==(const Score&, const Score&) = default;
};

/// A measured number that is no score, e.g. {"latency", "ms", 3.1, repetition 4}.
struct Quantity {
  std::string name;
  std::string unit;
  double value;
  std::int64_t repetition = 0;
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// A file that the stage made, relative to its folder.
struct Artifact {
  std::string role;
  std::string path;
  std::int64_t size;
  std::string sha256;
  friend bool operator==(const Artifact&, const Artifact&) = default;
};

/// An image of a data set as the stage prepared it, see path_of.
struct DataFile {
  std::string data_set;
  std::string name;
  std::int64_t size;
  std::string sha256;
  friend bool operator==(const DataFile&, const DataFile&) = default;
};

/// Where a prepared image lies below its stage's folder: artifacts/NAME.png.
std::string path_of(const DataFile& file);

/// What the stage took of the machine, measured by itself.
struct Resources {
  double wall_seconds = 0;
  double cpu_seconds = 0;
  std::int64_t peak_memory_bytes = 0;
  std::int64_t threads = 1;
  friend bool operator==(const Resources&, const Resources&) = default;
};

// Of the environment: results agree to the last bit on like processors and kernels only.
inline constexpr const char* kProcessorFact = "processor";
inline constexpr const char* kKernelsFact = "kernels";

/// result.json: written last; a stage is done when it exists.
struct StageResult {
  std::vector<Score> scores;
  std::vector<Quantity> quantities;
  std::vector<std::pair<std::string, std::string>> facts;  ///< e.g. {"architecture", "PF|FF|FP"}
  std::vector<Artifact> artifacts;
  std::vector<DataFile> data_files;
  std::vector<std::pair<std::string, std::string>> environment;  ///< LibTorch, processor, ...
  Resources resources;
  friend bool operator==(const StageResult&, const StageResult&) = default;
};

/// The value of a fact. \throws std::runtime_error naming it if the result has none.
const std::string& fact(const StageResult& result, const std::string& name);

/// The stage is done when this returns: result.json, the files that it names and the events are on
/// the disk then, and not merely on their way.
/// \throws std::runtime_error naming the score that is not a number.
void write_result(const std::filesystem::path& stage_folder, const StageResult& result);

/// Nothing if the stage is not done. \throws std::runtime_error if the file is damaged, says
/// something twice, has a number that is none, or names a file outside the stage's folder.
std::optional<StageResult> read_result(const std::filesystem::path& stage_folder);

/// failure.json: why the method failed.
void write_failure(const std::filesystem::path& stage_folder, const std::string& reason);
std::optional<std::string> read_failure(const std::filesystem::path& stage_folder);

}  // namespace bench::exchange
