#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stages/exchange/settings.h"

namespace bench::memory {

/// Peak resident bytes of a training on the CPU, checkpoints included; with `device` "cuda" the
/// bytes of its tensors on the GPU. How it is counted and how far off it is: docs/memory.md.
/// \param data_bytes  of the training images, which stay in memory
/// \returns nothing for a method whose kept activations nobody has counted
std::optional<std::int64_t> estimated_bytes(const exchange::TrainStage& stage,
                                            std::int64_t data_bytes);

/// The same of a search. \returns nothing for a search that is not in CLEARER's space.
std::optional<std::int64_t> estimated_bytes(const exchange::SearchStage& stage,
                                            std::int64_t data_bytes);

/// The same of a stage by its kind; nothing for other kinds than "train" and "search".
std::optional<std::int64_t> estimated_bytes(const std::string& kind,
                                            const std::string& settings_json,
                                            std::int64_t data_bytes);

}  // namespace bench::memory
