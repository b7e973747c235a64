#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "stages/exchange/settings.h"
#include "training/network.h"

namespace bench::stages {

/// The network that a train stage has left in its folder.
std::shared_ptr<training::RestorationNetwork> load_model(const std::filesystem::path& folder);

/// A method of the catalogue with the weights of a safetensors or .pth file.
/// \param key  the dictionary of a checkpoint that holds several; empty: the only one
/// \param sigma_8bit  for methods that are told the noise level, on the 0..255 scale
/// \throws weights::WeightsError naming the file and the tensor that does not fit
std::shared_ptr<training::RestorationNetwork> load_weights_file(const std::string& method,
                                                                const std::filesystem::path& file,
                                                                const std::string& key,
                                                                double sigma_8bit);

/// A method, or an architecture of CLEARER's space, with the given weights of `settings`, which lie
/// in `data_root`/weights. An architecture's tensors have the names of its network's parameters and
/// running statistics, as a training leaves them in model.safetensors.
/// \throws weights::WeightsError as `load_weights_file`
/// \throws std::runtime_error for a file that is absent or has not the SHA-256 of the settings, and
///         for weights that restore images of other channels than `image_channels`
std::shared_ptr<training::RestorationNetwork> load_given_weights(
    const exchange::NetworkSettings& settings, const std::filesystem::path& data_root,
    std::int64_t image_channels, double sigma_8bit);

/// 1 (gray) or 3 (RGB): what the network takes, found by trying.
std::int64_t image_channels_of(training::RestorationNetwork& network);

}  // namespace bench::stages
