#include "stages/picture_tensor.h"

#include <torch/torch.h>

#include <cstring>

namespace bench::stages {

using datasets::FloatPicture;

torch::Tensor tensor_of(const FloatPicture& picture) {
  return torch::from_blob(const_cast<float*>(picture.samples.data()),
                          {1, picture.channels, picture.height, picture.width})
      .clone();
}

FloatPicture picture_of(const torch::Tensor& tensor) {
  const auto plain = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
  FloatPicture picture{.channels = static_cast<int>(plain.size(1)),
                       .height = static_cast<int>(plain.size(2)),
                       .width = static_cast<int>(plain.size(3)),
                       .samples = std::vector<float>(static_cast<std::size_t>(plain.numel()))};
  std::memcpy(picture.samples.data(), plain.const_data_ptr<float>(),
              picture.samples.size() * sizeof(float));
  return picture;
}

}  // namespace bench::stages
