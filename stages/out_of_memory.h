#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "stages/exchange/request.h"

namespace bench::stages {

/// What a failed request for memory asked for.
struct MemoryShortage {
  std::optional<std::int64_t> bytes;  ///< absent where the error does not say
  bool on_gpu = false;
  std::optional<std::int64_t> gpu_bytes = {};  ///< that the GPU has in all
};

/// Whether the error says that memory is short: std::bad_alloc, LibTorch's CPU allocator, CUDA's
/// allocator, oneDNN. Nothing for any other error.
std::optional<MemoryShortage> memory_shortage(const std::exception& error);

/// One sentence for people: what was asked for, what there is, and a smaller batch or patch that
/// would fit by the estimate, e.g. "out of memory: 2.0 GiB more asked for ...; batch 8 of 64 x 64
/// pixels (about 1.1 GiB) would fit"; general advice for stages without an estimate.
/// \param bytes_at_hand  that the process could have, if that is known
/// \param data_bytes     of the training images
std::string shortage_text(const MemoryShortage& shortage, const exchange::StageRequest& request,
                          std::optional<std::int64_t> bytes_at_hand, std::int64_t data_bytes);

}  // namespace bench::stages
