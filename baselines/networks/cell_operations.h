#pragma once

#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <string>
#include <vector>

namespace bench::baselines {

/// Which published cell an operation is taken from.
enum class CellSpace : std::uint8_t {
  kHiNas,  ///< HiNAS (Zhang et al., CVPR 2020), journal version: 7 operations
  kDarts   ///< DARTS (Liu et al., ICLR 2019): 8 operations
};

/// The names of a space's operations in the order of the architecture parameters. "none" is one of
/// them: it gives zeros.
const std::vector<std::string>& operation_names(CellSpace space);

/// Index of an operation's name.
/// \throws std::invalid_argument listing the names of that space.
std::size_t operation_index(CellSpace space, const std::string& name);

struct CellOperationOptions {
  CellSpace space = CellSpace::kHiNas;
  std::int64_t channels = 10;
  /// Whether batch normalization has a scale and an offset: not while architectures are searched,
  /// where the scale would compete with the architecture parameters.
  bool affine = true;
};

/// One operation; keeps the shape [N, channels, H, W]. Convolutions have no bias.
/// \throws std::invalid_argument for an unknown name.
torch::nn::Sequential make_cell_operation(const std::string& name,
                                          const CellOperationOptions& options);

}  // namespace bench::baselines
