#include "baselines/weights/weights_file.h"

#include <fstream>

namespace bench::weights {
namespace {

// A safetensors file begins with the length of its header, which is far below these 8 bytes.
bool is_zip_archive(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  char start[4] = {};
  stream.read(start, sizeof(start));
  return std::string_view(start, sizeof(start)) == std::string_view("PK\x03\x04", 4);
}

}  // namespace

WeightsFile WeightsFile::open(const std::filesystem::path& file) {
  WeightsFile opened;
  // A missing file, or a folder, is refused by the reader.
  if (is_zip_archive(file)) {
    opened.pth_ = PthFile::open(file);
  } else {
    opened.safetensors_ = SafetensorsFile::open(file);
  }
  return opened;
}

}  // namespace bench::weights
