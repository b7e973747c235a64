#pragma once

#include <torch/types.h>

#include <filesystem>

/// An 8-bit PNG as [1, C, H, W] in [0, 1], float32.
torch::Tensor read_png(const std::filesystem::path& file);
