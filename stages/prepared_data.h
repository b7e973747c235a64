#pragma once

#include <memory>
#include <string>
#include <vector>

#include "datasets/degradation.h"
#include "datasets/examples.h"
#include "stages/exchange/settings.h"
#include "stages/stage.h"

/// What the prepare stage leaves and the others read: the images of a task as PNG, with an index.
namespace bench::stages {

/// Examples of one data set that belong together.
struct PreparedSet {
  std::string data_set;
  std::vector<datasets::Example> examples;
};

struct PreparedData {
  PreparedSet train;
  std::vector<PreparedSet> test;
};

/// Reads (or makes) the images that the request's task names.
/// \throws std::runtime_error naming the first image of an imported set that is not what it was
PreparedData load_sources(const exchange::TaskSettings& task,
                          const exchange::StageRequest& request);

/// Writes the images and the index below the stage's artifacts.
void write_prepared(Stage& stage, const PreparedData& data, exchange::StageResult& result);

/// Reads the training images from the folder of a prepare stage.
std::shared_ptr<const std::vector<datasets::Example>> read_training_examples(
    const std::filesystem::path& prepare_folder);

/// Bytes that `read_training_examples` takes for the stage's input "data", from the headers of its
/// images; 0 where there is no such input or it cannot be read.
std::int64_t training_data_bytes(const exchange::StageRequest& request,
                                 const std::filesystem::path& stage_folder);

std::vector<PreparedSet> read_test_sets(const std::filesystem::path& prepare_folder);

/// The degradation in the data sets' words. \throws std::runtime_error for an unknown one.
datasets::Degradation degradation_of(const exchange::Degradation& settings);

}  // namespace bench::stages
