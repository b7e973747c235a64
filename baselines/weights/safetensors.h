#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/weights/tensor_view.h"

namespace bench::weights {

/// The free text that a safetensors header may carry under "__metadata__".
using Metadata = std::map<std::string, std::string>;

/// A safetensors file, read whole and checked whole: 8 bytes of header length (little-endian), a
/// JSON header, then the tensors' bytes without gaps or overlaps.
/// Immutable after `open`; the views live as long as this object.
class SafetensorsFile {
 public:
  /// \throws WeightsError naming the file and the tensor for: a header that does not fit, is not
  ///         UTF-8 JSON or names a tensor twice; an unknown or misspelt field; an unknown dtype; a
  ///         shape whose size overflows or differs from its offsets; offsets that overlap, leave
  ///         gaps or reach beyond the file.
  static SafetensorsFile open(const std::filesystem::path& file);
  /// The same of bytes in memory. \param file  names them in messages
  static SafetensorsFile from_bytes(const std::filesystem::path& file,
                                    std::vector<std::byte> content);

  SafetensorsFile(SafetensorsFile&&) = default;
  SafetensorsFile& operator=(SafetensorsFile&&) = default;
  SafetensorsFile(const SafetensorsFile&) = delete;
  SafetensorsFile& operator=(const SafetensorsFile&) = delete;

  /// In the order of their bytes in the file.
  const std::vector<TensorView>& tensors() const& { return tensors_; }
  const std::vector<TensorView>& tensors() && = delete;  ///< it would dangle
  const Metadata& metadata() const { return metadata_; }

  /// \throws WeightsError naming the file if there is no such tensor.
  const TensorView& tensor(std::string_view name) const;

 private:
  SafetensorsFile() = default;

  std::filesystem::path file_;
  std::vector<std::byte> content_;
  std::vector<TensorView> tensors_;
  Metadata metadata_;
};

/// Writes `tensors` in the order given; a reader never sees half a file (see
/// `write_file_atomically`). The same arguments give the same bytes.
/// \throws WeightsError for a name that is empty, given twice, "__metadata__" or not UTF-8, for a
///         shape that does not fit its bytes, and for what the file system refuses.
void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
                       const Metadata& metadata = {});

}  // namespace bench::weights
