#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "baselines/weights/pickle.h"
#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// Whether the bytes begin as a file of torch.save does, of whatever version.
bool is_pth(std::span<const std::byte> file);

/// The tensors of a .pth file (torch.save: a zip archive with a pickle since PyTorch 1.6, a chain
/// of pickles and storages before), read without executing anything. Each tensor is copied out in
/// row-major order; the views live as long as this object.
class PthFile {
 public:
  /// \throws WeightsError naming the file and: the zip entry that is compressed or damaged, the
  ///         pickle opcode or global that is not allowed, the tensor whose storage is missing or
  ///         too short, the value that is no tensor, a big-endian file, two tensors of one name,
  ///         the dictionaries of which `choice` must name one.
  static PthFile open(const std::filesystem::path& file, const DictionaryChoice& choice = {});

  /// \param where  named in messages: the file
  static PthFile from_bytes(const std::string& where, std::span<const std::byte> file,
                            const DictionaryChoice& choice = {});

  PthFile(PthFile&&) = default;
  PthFile& operator=(PthFile&&) = default;
  PthFile(const PthFile&) = delete;
  PthFile& operator=(const PthFile&) = delete;

  /// In the order of the pickle.
  const std::vector<TensorView>& tensors() const& { return tensors_; }
  const std::vector<TensorView>& tensors() && = delete;  ///< it would dangle

  // Of a checkpoint that wraps its tensors in dictionaries; see PickledCheckpoint.
  const std::string& taken() const { return taken_; }
  const std::vector<std::string>& dictionaries() const { return dictionaries_; }
  const std::vector<std::string>& passed_over() const { return passed_over_; }

 private:
  PthFile() = default;

  std::vector<std::vector<std::byte>> contents_;
  std::vector<TensorView> tensors_;
  std::string taken_;
  std::vector<std::string> dictionaries_, passed_over_;
};

}  // namespace bench::weights
