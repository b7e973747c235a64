#include "clearer/network/convolution.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/instancenorm.h>
#include <torch/types.h>

#include "training/batch_norm.h"
#include "training/kernels/trained_convolution.h"

namespace bench::clearer {
namespace {

/// Registers `child` as the last name of `path`.
template <typename Holder>
void register_at(torch::nn::Module& owner, const std::string& path, const Holder& child) {
  const auto dot = path.rfind('.');
  auto& parent = dot == std::string::npos ? owner : module_at(owner, path.substr(0, dot));
  parent.register_module(dot == std::string::npos ? path : path.substr(dot + 1), child);
}

std::shared_ptr<torch::nn::Conv2dImpl> conv2d(const ConvolutionShape& shape, bool bias) {
  return std::make_shared<torch::nn::Conv2dImpl>(
      torch::nn::Conv2dOptions(shape.in, shape.out, shape.kernel)
          .stride(shape.stride)
          .padding(shape.kernel / 2)
          .bias(bias));
}

}  // namespace

torch::nn::Module& module_at(torch::nn::Module& owner, const std::string& path) {
  const auto dot = path.find('.');
  const auto name = path.substr(0, dot);
  auto child = owner.named_children().find(name);
  auto& here = child != nullptr
                   ? **child
                   : *owner.register_module(name, std::make_shared<torch::nn::Module>(name));
  return dot == std::string::npos ? here : module_at(here, path.substr(dot + 1));
}

Convolution::Convolution(torch::nn::Module& owner, const std::string& convolution_path,
                         const std::string& norm_path, const ConvolutionShape& shape,
                         Normalization normalization) {
  // No bias where a normalization follows: it would cancel it.
  convolution_ = conv2d(shape, normalization == Normalization::kNone);
  register_at(owner, convolution_path, convolution_);
  if (normalization == Normalization::kNone) {
    final_ = std::make_shared<const training::FinalConvolution>(convolution_);
  }
  if (normalization == Normalization::kBatch) {
    batch_norm_ = std::make_shared<torch::nn::BatchNorm2dImpl>(shape.out);
    register_at(owner, norm_path, batch_norm_);
  } else if (normalization == Normalization::kInstance) {
    instance_norm_ = std::make_shared<torch::nn::InstanceNorm2dImpl>(
        torch::nn::InstanceNorm2dOptions(shape.out).affine(true));
    register_at(owner, norm_path, instance_norm_);
  }
}

torch::Tensor Convolution::forward(const torch::Tensor& features, bool relu,
                                   const torch::Tensor& residual) const {
  if (final_) {
    if (auto done = final_->forward(features, residual, relu); done.defined()) return done;
  }
  auto convolved = training::trained_convolution(features, *convolution_);
  if (batch_norm_) return training::batch_norm(convolved, *batch_norm_, residual, relu);
  if (instance_norm_) convolved = instance_norm_->forward(convolved);
  if (residual.defined()) convolved = convolved + residual;
  return relu ? convolved.relu_() : convolved;
}

}  // namespace bench::clearer
