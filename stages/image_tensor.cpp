#include "stages/image_tensor.h"

#include <torch/types.h>

#include <cstring>

namespace bench::stages {

using datasets::FloatImage;

torch::Tensor tensor_of(const FloatImage& image) {
  return torch::from_blob(const_cast<float*>(image.samples.data()),
                          {1, image.channels, image.height, image.width})
      .clone();
}

FloatImage image_of(const torch::Tensor& tensor) {
  const auto plain = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
  FloatImage image{.channels = static_cast<int>(plain.size(1)),
                   .height = static_cast<int>(plain.size(2)),
                   .width = static_cast<int>(plain.size(3)),
                   .samples = std::vector<float>(static_cast<std::size_t>(plain.numel()))};
  std::memcpy(image.samples.data(), plain.const_data_ptr<float>(),
              image.samples.size() * sizeof(float));
  return image;
}

}  // namespace bench::stages
