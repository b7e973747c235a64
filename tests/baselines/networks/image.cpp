#include "image.h"

#include "tests/png_bytes.h"

torch::Tensor read_png(const std::filesystem::path& file) {
  auto bytes = bench::tests::read_png_bytes(file);
  const auto pixels = torch::from_blob(bytes.samples.data(),
                                       {bytes.height, bytes.width, bytes.channels}, torch::kUInt8);
  return pixels.permute({2, 0, 1}).unsqueeze(0).to(torch::kFloat32).contiguous() / 255.0;
}
