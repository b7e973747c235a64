#pragma once

#include <cstdint>
#include <filesystem>

#include "runner/plan/plan.h"

namespace bench::runner {

/// Bytes of a task's training images in memory, from the headers of their files; 0 if the data
/// are missing.
std::int64_t training_data_bytes(const exchange::TaskSettings& task,
                                 const std::filesystem::path& data_root);

/// Fills `estimated_bytes` of the searches and trainings of the plan that can be estimated.
void estimate_memory(Plan& plan, const std::filesystem::path& data_root);

}  // namespace bench::runner
