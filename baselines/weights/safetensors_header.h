#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/weights/safetensors.h"

namespace bench::weights {

/// What a safetensors header says, with views into the data that follow it.
struct SafetensorsHeader {
  std::vector<TensorView> tensors;  ///< in the order of their bytes
  Metadata metadata;
};

/// \param where  named in errors: the file
/// \param text   the header's text
/// \param data   the bytes after the header
/// \throws WeightsError as `SafetensorsFile::open`.
SafetensorsHeader parse_safetensors_header(const std::string& where, std::string_view text,
                                           std::span<const std::byte> data);

/// The header for tensors stored one after the other, padded with blanks to a multiple of 8 bytes.
/// \throws WeightsError as `write_safetensors`.
std::string safetensors_header_text(const std::string& where, std::span<const TensorView> tensors,
                                    const Metadata& metadata);

}  // namespace bench::weights
