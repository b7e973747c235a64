#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// The tensors of a .pth file (torch.save since PyTorch 1.6: a zip archive with a pickle), read
/// without executing anything. Each tensor is copied out in row-major order; the views live as long
/// as this object.
class PthFile {
 public:
  /// \throws WeightsError naming the file and: the zip entry that is compressed or damaged, the
  ///         pickle opcode or global that is not allowed, the tensor whose storage is missing or
  ///         too short, the value that is no tensor, a big-endian file, two tensors of one name.
  static PthFile open(const std::filesystem::path& file);

  PthFile(PthFile&&) = default;
  PthFile& operator=(PthFile&&) = default;
  PthFile(const PthFile&) = delete;
  PthFile& operator=(const PthFile&) = delete;

  /// In the order of the pickle.
  const std::vector<TensorView>& tensors() const& { return tensors_; }
  const std::vector<TensorView>& tensors() && = delete;  ///< it would dangle

 private:
  PthFile() = default;

  std::vector<std::vector<std::byte>> contents_;
  std::vector<TensorView> tensors_;
};

}  // namespace bench::weights
