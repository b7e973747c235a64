#pragma once

#include <string>

#include "stages/restoration.h"

namespace bench::stages {

/// The algorithm without weights of that name, "bm3d", "nlm" or "wnnm", with its published
/// settings. \param sigma_8bit  of the noise, on the 0..255 scale \throws std::runtime_error naming
/// a method that is not one of them
Restoration classical_restoration(const std::string& method, double sigma_8bit, int threads);

}  // namespace bench::stages
