#include "baselines/weights/file_bytes.h"

#include <fstream>
#include <string>
#include <system_error>

#include "baselines/weights/weights_error.h"
#include "core/files/write_file.h"

namespace bench::weights {
std::vector<std::byte> read_file_bytes(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw WeightsError(file.string() + (std::filesystem::exists(file, error)
                                            ? ": this is not a file. Pass a weights file"
                                            : ": file not found. Pass a weights file"));
  }
  const auto size = std::filesystem::file_size(file, error);
  if (error) throw WeightsError(file.string() + ": cannot read its size: " + error.message());
  std::vector<std::byte> bytes(size);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) {
    throw WeightsError(file.string() + ": expected " + std::to_string(size) + " bytes, read only " +
                       std::to_string(in.gcount()));
  }
  return bytes;
}

void write_file_atomically(const std::filesystem::path& file,
                           std::span<const std::span<const std::byte>> pieces) {
  try {
    files::FileReplacement replacement(file);
    for (const auto piece : pieces) {
      replacement.write({reinterpret_cast<const char*>(piece.data()), piece.size()});
    }
    replacement.commit();
  } catch (const files::FileError& error) {
    throw WeightsError(error.what());
  }
}

}  // namespace bench::weights
