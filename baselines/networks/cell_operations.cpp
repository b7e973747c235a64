#include "baselines/networks/cell_operations.h"

#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/pooling.h>
#include <torch/types.h>

#include <algorithm>
#include <stdexcept>

#include "baselines/networks/convolution.h"

namespace bench::baselines {
namespace {

using torch::nn::Sequential;

constexpr double kHiNasLeak = 0.2;

/// Gives zeros of the input's shape.
class ZeroImpl : public torch::nn::Module {
 public:
  torch::Tensor forward(const torch::Tensor& features) { return torch::zeros_like(features); }
};
TORCH_MODULE(Zero);

class OperationBuilder {
 public:
  explicit OperationBuilder(const CellOperationOptions& options) : options_(options) {}

  Sequential convolution(std::int64_t kernel, std::int64_t dilation) const {
    Sequential layers;
    push_activation(layers);
    push_convolution(layers, {.kernel = kernel, .dilation = dilation, .bias = false});
    push_norm(layers, options_.affine);
    return layers;
  }

  /// Depthwise, then 1x1; `times` in a row.
  Sequential separable(std::int64_t kernel, std::int64_t dilation, int times) const {
    Sequential layers;
    for (int i = 0; i < times; ++i) {
      push_activation(layers);
      push_convolution(
          layers,
          {.kernel = kernel, .dilation = dilation, .groups = options_.channels, .bias = false});
      push_convolution(layers, {.kernel = 1, .bias = false});
      push_norm(layers, options_.affine);
    }
    return layers;
  }

  /// A 3x3 pool, normalized so that it is on the scale of the other operations.
  template <typename Pool>
  Sequential normed_pool(const Pool& pool) const {
    Sequential layers;
    layers->push_back(pool);
    push_norm(layers, /*affine=*/false);
    return layers;
  }

 private:
  void push_activation(Sequential& layers) const {
    if (options_.space == CellSpace::kHiNas) {
      layers->push_back(
          torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(kHiNasLeak)));
    } else {
      layers->push_back(torch::nn::ReLU());
    }
  }
  void push_convolution(Sequential& layers, const ConvolutionSettings& settings) const {
    layers->push_back(same_convolution(options_.channels, options_.channels, settings));
  }
  void push_norm(Sequential& layers, bool affine) const {
    layers->push_back(
        torch::nn::BatchNorm2d(torch::nn::BatchNorm2dOptions(options_.channels).affine(affine)));
  }

  CellOperationOptions options_;
};

Sequential max_pool(const OperationBuilder& build) {
  return build.normed_pool(
      torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(3).stride(1).padding(1)));
}

Sequential average_pool(const OperationBuilder& build) {
  return build.normed_pool(torch::nn::AvgPool2d(
      torch::nn::AvgPool2dOptions(3).stride(1).padding(1).count_include_pad(false)));
}

}  // namespace

const std::vector<std::string>& operation_names(CellSpace space) {
  static const std::vector<std::string> hinas{"con_3x3", "sep_3x3", "sep_5x5", "dil_3x3",
                                              "dil_5x5", "skip",    "none"};
  static const std::vector<std::string> darts{"none",    "max_pool_3x3", "avg_pool_3x3", "skip",
                                              "sep_3x3", "sep_5x5",      "dil_3x3",      "dil_5x5"};
  return space == CellSpace::kHiNas ? hinas : darts;
}

std::size_t operation_index(CellSpace space, const std::string& name) {
  const auto& names = operation_names(space);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    std::string message = "operation \"" + name + "\" is not one of the cell's:";
    for (const auto& known : names) message += " " + known;
    throw std::invalid_argument(message);
  }
  return static_cast<std::size_t>(found - names.begin());
}

Sequential make_cell_operation(const std::string& name, const CellOperationOptions& options) {
  operation_index(options.space, name);
  const OperationBuilder build(options);
  if (name == "none") return Sequential(Zero());
  if (name == "skip") return Sequential(torch::nn::Identity());
  if (name == "con_3x3") return build.convolution(3, 1);
  if (name == "sep_3x3") return build.separable(3, 1, 2);
  if (name == "sep_5x5") return build.separable(5, 1, 2);
  if (name == "max_pool_3x3") return max_pool(build);
  if (name == "avg_pool_3x3") return average_pool(build);
  // Dilated: a full convolution in HiNAS, a depthwise-separable one in DARTS.
  const std::int64_t kernel = name == "dil_3x3" ? 3 : 5;
  return options.space == CellSpace::kHiNas ? build.convolution(kernel, 2)
                                            : build.separable(kernel, 2, 1);
}

}  // namespace bench::baselines
