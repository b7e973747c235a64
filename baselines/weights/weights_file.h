#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/weights/pth.h"
#include "baselines/weights/safetensors.h"

namespace bench::weights {

/// A file of tensors of either format, known by its content.
class WeightsFile {
 public:
  /// \throws WeightsError as `SafetensorsFile::open` and `PthFile::open`, and for a key beside a
  ///         safetensors file, which has no dictionaries
  static WeightsFile open(const std::filesystem::path& file, const DictionaryChoice& choice = {});

  /// They live as long as this object.
  const std::vector<TensorView>& tensors() const& {
    return pth_ ? pth_->tensors() : safetensors_->tensors();
  }
  const std::vector<TensorView>& tensors() && = delete;  ///< it would dangle

  /// What a safetensors header carries; a .pth file has none.
  Metadata metadata() const { return pth_ ? Metadata{} : safetensors_->metadata(); }

  /// "safetensors" or "pth".
  std::string_view format() const { return pth_ ? "pth" : "safetensors"; }

  /// Which dictionary of a checkpoint was taken and what beside it was not, as a sentence; empty
  /// where the tensors stand at the top of the file.
  std::string note() const;

 private:
  WeightsFile() = default;

  std::optional<SafetensorsFile> safetensors_;
  std::optional<PthFile> pth_;
};

}  // namespace bench::weights
