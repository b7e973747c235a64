#include "clearer/search_space/weighted_sum.h"

#include <torch/torch.h>

namespace bench::clearer {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

bool is_plain_cpu(const torch::Tensor& tensor) {
  return tensor.is_cpu() && tensor.scalar_type() == torch::kFloat32;
}

/// The memory as one row, whatever its layout: valid for two tensors of the same strides.
torch::Tensor flat(const torch::Tensor& tensor) {
  return tensor.as_strided({tensor.numel()}, {1}, tensor.storage_offset());
}

/// One node instead of three. Products with the slopes are dots over memory, not a tensor and then
/// its sum, and are left out where nobody asks for the weights' gradients.
class WeightedSum : public torch::autograd::Function<WeightedSum> {
 public:
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& first,
                               const torch::Tensor& first_weight, const torch::Tensor& second,
                               const torch::Tensor& second_weight) {
    context->save_for_backward({first, first_weight, second, second_weight});
    return at::mul(first, first_weight).add_(second, second_weight.item());
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    const auto saved = context->get_saved_variables();
    const auto& slope = slopes[0];
    variable_list result(4);
    for (const std::size_t side : {0U, 2U}) {
      const auto& value = saved[side];
      const auto& weight = saved[side + 1];
      if (context->needs_input_grad(side)) result[side] = slope * weight;
      if (context->needs_input_grad(side + 1)) {
        const bool alike =
            slope.strides() == value.strides() && slope.is_non_overlapping_and_dense();
        result[side + 1] = alike ? at::dot(flat(slope), flat(value)) : (slope * value).sum();
      }
    }
    return result;
  }
};

}  // namespace

torch::Tensor weighted_sum(const torch::Tensor& first, const torch::Tensor& first_weight,
                           const torch::Tensor& second, const torch::Tensor& second_weight) {
  if (is_plain_cpu(first) && is_plain_cpu(second) && is_plain_cpu(first_weight)) {
    return WeightedSum::apply(first, first_weight, second, second_weight);
  }
  return (first * first_weight).add_(second * second_weight);
}

}  // namespace bench::clearer
