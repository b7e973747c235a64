#include "stages/tensor_file.h"

#include <torch/types.h>

#include <cstring>
#include <stdexcept>

namespace bench::stages {
namespace {

using weights::ElementType;

const std::vector<std::pair<ElementType, torch::Dtype>>& types() {
  static const std::vector<std::pair<ElementType, torch::Dtype>> pairs = {
      {ElementType::kFloat32, torch::kFloat32}, {ElementType::kFloat64, torch::kFloat64},
      {ElementType::kFloat16, torch::kFloat16}, {ElementType::kBfloat16, torch::kBFloat16},
      {ElementType::kInt64, torch::kInt64},     {ElementType::kInt32, torch::kInt32},
      {ElementType::kInt16, torch::kInt16},     {ElementType::kInt8, torch::kInt8},
      {ElementType::kUint8, torch::kUInt8},     {ElementType::kBool, torch::kBool}};
  return pairs;
}

ElementType element_type(const training::NamedTensor& tensor) {
  for (const auto& [element, dtype] : types()) {
    if (dtype == tensor.value.scalar_type()) return element;
  }
  throw std::runtime_error("tensor " + tensor.name + ": its type has no place in safetensors");
}

torch::Dtype dtype_of(const weights::TensorView& view) {
  for (const auto& [element, dtype] : types()) {
    if (element == view.type) return dtype;
  }
  throw std::runtime_error("tensor " + view.name + ": LibTorch has no type " +
                           std::string(weights::to_string(view.type)));
}

}  // namespace

void write_tensors(const std::filesystem::path& file, const training::State& state) {
  std::vector<torch::Tensor> owned;  // the views' bytes
  std::vector<weights::TensorView> views;
  for (const auto& tensor : state.tensors) {
    owned.push_back(tensor.value.detach().to(torch::kCPU).contiguous());
    const auto bytes = std::span(static_cast<const std::byte*>(owned.back().const_data_ptr()),
                                 static_cast<std::size_t>(owned.back().nbytes()));
    views.push_back({tensor.name, element_type(tensor), owned.back().sizes().vec(), bytes});
  }
  weights::write_safetensors(file, views, state.facts);
}

training::State read_tensors(const std::filesystem::path& file) {
  const auto content = weights::SafetensorsFile::open(file);
  training::State state;
  for (const auto& view : content.tensors()) {
    torch::Tensor tensor = torch::empty(view.shape, torch::TensorOptions().dtype(dtype_of(view)));
    if (!view.bytes.empty()) {
      std::memcpy(tensor.data_ptr(), view.bytes.data(), view.bytes.size());
    }
    state.tensors.push_back({view.name, std::move(tensor)});
  }
  state.facts = content.metadata();
  return state;
}

}  // namespace bench::stages
