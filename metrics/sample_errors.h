#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "metrics/instruction_set.h"

namespace bench::metrics {

/// Sum of squared differences. Exact (integers) for bytes; for floats and doubles summed in
/// double, in 16 interleaved partial sums.
/// REQUIRES: both spans have one size.
double sum_of_squared_errors(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                             InstructionSet set = best_instruction_set());
double sum_of_squared_errors(std::span<const float> a, std::span<const float> b,
                             InstructionSet set = best_instruction_set());
double sum_of_squared_errors(std::span<const double> a, std::span<const double> b,
                             InstructionSet set = best_instruction_set());

/// Sum of absolute differences, with the same guarantees.
double sum_of_absolute_errors(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);
double sum_of_absolute_errors(std::span<const float> a, std::span<const float> b);
double sum_of_absolute_errors(std::span<const double> a, std::span<const double> b);

}  // namespace bench::metrics
