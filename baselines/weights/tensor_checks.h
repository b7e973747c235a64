#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// Requires every floating-point value (F16, BF16, F32, F64) to be finite.
/// \param where  named in the error: the file
/// \throws WeightsError naming the first tensor and element that is NaN or infinite.
void require_finite(const std::string& where, std::span<const TensorView> tensors);

/// A tensor that a network needs.
struct ExpectedTensor {
  std::string name;
  std::vector<std::int64_t> shape;
};

/// Requires exactly the expected names, each of its expected shape, in any order.
/// \throws WeightsError naming what is missing, what is too much, or both shapes.
void require_tensors(const std::string& where, std::span<const TensorView> tensors,
                     std::span<const ExpectedTensor> expected);

}  // namespace bench::weights
