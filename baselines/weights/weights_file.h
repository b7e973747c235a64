#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "baselines/weights/pth.h"
#include "baselines/weights/safetensors.h"

namespace bench::weights {

/// A file of tensors of either format, known by its content: a zip archive is a .pth file.
class WeightsFile {
 public:
  /// \throws WeightsError as `SafetensorsFile::open` and `PthFile::open`
  static WeightsFile open(const std::filesystem::path& file);

  /// They live as long as this object.
  const std::vector<TensorView>& tensors() const& {
    return pth_ ? pth_->tensors() : safetensors_->tensors();
  }
  const std::vector<TensorView>& tensors() && = delete;  ///< it would dangle

  /// What a safetensors header carries; a .pth file has none.
  Metadata metadata() const { return pth_ ? Metadata{} : safetensors_->metadata(); }

  /// "safetensors" or "pth".
  std::string_view format() const { return pth_ ? "pth" : "safetensors"; }

 private:
  WeightsFile() = default;

  std::optional<SafetensorsFile> safetensors_;
  std::optional<PthFile> pth_;
};

}  // namespace bench::weights
