#pragma once

#include <stdexcept>

namespace bench::weights {

/// A weights file that is broken, hostile, or not what was asked for. The message names the file
/// and, where there is one, the tensor.
class WeightsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace bench::weights
