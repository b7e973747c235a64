#pragma once

#include <torch/torch.h>

#include <filesystem>

/// The folder with data, weights and fixtures: BENCH_DATA_DIR, or ../shared beside the sources.
std::filesystem::path data_folder();

/// An 8-bit PNG as [1, C, H, W] in [0, 1], float32.
torch::Tensor read_png(const std::filesystem::path& file);
