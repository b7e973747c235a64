#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "stages/exchange/events.h"
#include "stages/exchange/result.h"
#include "tests/stages/stage_folders.h"

namespace bench::stages {

/// What a stage gave that was carried out in this process, where a start costs nothing.
struct CarriedOut {
  std::filesystem::path folder;
  exchange::StageResult result;
  std::vector<exchange::Point> points;
};

CarriedOut carried_out(const std::filesystem::path& folder);

/// SHA-256 of the artifact of that role. \throws std::runtime_error if there is none
std::string sha256_of(const exchange::StageResult& result, const std::string& role);

/// The values of a series, in order.
std::vector<double> series_of(const CarriedOut& stage, const std::string& name);

/// Gives the prepared task of `folders` other images of the same size.
/// \param place  of the images in data.json, "train" or "test"
/// \param first, step  which of them: first, first + step, ...
void replace_images(const StageFolders& folders, const std::string& place, std::size_t first,
                    std::size_t step);

}  // namespace bench::stages
