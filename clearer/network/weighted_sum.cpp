#include "clearer/network/resolutions.h"

#include <torch/autograd.h>
#include <torch/types.h>

#include "clearer/network/sum_kernels.h"
#include "training/kernels/stored_tensor.h"

namespace bench::clearer {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

using training::places_of;
using training::values_of;

/// float32 or bfloat16 on the CPU, all of one type and one dense order in memory.
bool are_alike(const torch::Tensor& first, const torch::Tensor& second) {
  const auto type = first.scalar_type();
  return first.is_cpu() && (type == torch::kFloat32 || type == torch::kBFloat16) &&
         second.scalar_type() == type && first.sizes() == second.sizes() &&
         first.strides() == second.strides() && first.is_non_overlapping_and_dense();
}

/// One node and one pass instead of three. Products with the slopes are dots over memory, not a
/// tensor and then its sum, and are left out where nobody asks for the weights' gradients.
class WeightedSum : public torch::autograd::Function<WeightedSum> {
 public:
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& first,
                               const torch::Tensor& first_weight, const torch::Tensor& second,
                               const torch::Tensor& second_weight) {
    context->save_for_backward({first, first_weight, second, second_weight});
    const auto sum = torch::empty_like(first);
    training::with_stored_type(first, [&](auto type) {
      using Stored = decltype(type);
      weighted_values(first.numel(), values_of<Stored>(first), first_weight.item<float>(),
                      values_of<Stored>(second), second_weight.item<float>(),
                      places_of<Stored>(sum));
    });
    return sum;
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    const auto saved = context->get_saved_variables();
    // In the order of the values; as a rule it is already.
    const auto slope = slopes[0].strides() == saved[0].strides()
                           ? slopes[0]
                           : torch::empty_like(saved[0]).copy_(slopes[0]);
    variable_list result(4);
    for (const std::size_t side : {0U, 2U}) {
      const auto& value = saved[side];
      const auto& weight = saved[side + 1];
      training::with_stored_type(value, [&](auto type) {
        using Stored = decltype(type);
        if (context->needs_input_grad(side)) {
          result[side] = torch::empty_like(value);
          scaled_values(value.numel(), values_of<Stored>(slope), weight.item<float>(),
                        places_of<Stored>(result[side]));
        }
        if (context->needs_input_grad(side + 1)) {
          const double sum = dot(value.numel(), values_of<Stored>(slope), values_of<Stored>(value));
          result[side + 1] = torch::full({}, sum, weight.options());
        }
      });
    }
    return result;
  }
};

}  // namespace

torch::Tensor weighted_sum(const torch::Tensor& first, const torch::Tensor& first_weight,
                           const torch::Tensor& second, const torch::Tensor& second_weight) {
  if (are_alike(first, second) && first_weight.scalar_type() == torch::kFloat32) {
    return WeightedSum::apply(first, first_weight, second, second_weight);
  }
  return (first * first_weight).add_(second * second_weight);
}

}  // namespace bench::clearer
