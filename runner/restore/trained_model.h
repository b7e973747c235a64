#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace bench::runner {

/// Which trained network of a store is meant. What is left empty must not be needed to tell.
struct TrainedModelQuery {
  std::string run = "latest";  ///< its id, the beginning of it, or "latest"
  std::string contestant;
  std::string task;
  std::optional<std::int64_t> seed;
};

/// The folder of the train stage that made it.
/// \throws BadInput listing those that fit where it is none or more than one
std::filesystem::path trained_model_folder(const std::filesystem::path& store,
                                           const TrainedModelQuery& query);

}  // namespace bench::runner
