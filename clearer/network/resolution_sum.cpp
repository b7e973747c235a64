#include "clearer/network/resolutions.h"

#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "clearer/network/sum_kernels.h"
#include "training/kernels/rectified_affine.h"
#include "training/kernels/stored_tensor.h"

namespace bench::clearer {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

using training::places_of;
using training::values_of;

FineShape shape_of(const torch::Tensor& tensor) {
  return {tensor.size(0), tensor.size(2), tensor.size(3), tensor.size(1)};
}

torch::Tensor sum_of(const std::vector<torch::Tensor>& terms,
                     const std::vector<std::int64_t>& factors) {
  const auto finest = std::find(factors.begin(), factors.end(), 1) - factors.begin();
  const auto sum = torch::empty_like(terms[static_cast<std::size_t>(finest)]);
  training::with_stored_type(sum, [&](auto type) {
    using Stored = decltype(type);
    std::vector<SumTerm<Stored>> parts;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      parts.push_back({values_of<Stored>(terms[i]), factors[i]});
    }
    rectified_sum(shape_of(sum), parts, places_of<Stored>(sum));
  });
  return sum;
}

class RectifiedResolutionSum : public torch::autograd::Function<RectifiedResolutionSum> {
 public:
  static torch::Tensor forward(AutogradContext* context, at::TensorList terms,
                               const std::vector<std::int64_t>& factors) {
    auto sum = sum_of(terms.vec(), factors);
    context->save_for_backward({sum});
    context->saved_data["factors"] = factors;
    return sum;
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    const auto sum = context->get_saved_variables().front();
    const auto factors = context->saved_data["factors"].toIntVector();
    const auto given = slopes[0].contiguous(torch::MemoryFormat::ChannelsLast);
    const auto slope = torch::empty_like(sum);
    training::with_stored_type(sum, [&](auto type) {
      using Stored = decltype(type);
      training::rectified_gradient(sum.numel(), values_of<Stored>(given), values_of<Stored>(sum),
                                   places_of<Stored>(slope));
    });
    const auto fine = shape_of(slope);
    variable_list result;
    for (const auto factor : factors) {
      if (factor == 1) {
        result.push_back(slope);  // shared: gradients are not written to
        continue;
      }
      const auto coarse =
          torch::empty({fine.batch, fine.channels, fine.height / factor, fine.width / factor},
                       slope.options().memory_format(torch::MemoryFormat::ChannelsLast));
      training::with_stored_type(slope, [&](auto type) {
        using Stored = decltype(type);
        block_sums(fine, factor, values_of<Stored>(slope), places_of<Stored>(coarse));
      });
      result.push_back(coarse);
    }
    result.emplace_back();  // for the factors
    return result;
  }
};

/// As in batch_norm: one thread, small tensors.
constexpr std::int64_t kLargestForOneThread = 1 << 18;

bool fits_kernel(const std::vector<torch::Tensor>& terms) {
  return std::all_of(terms.begin(), terms.end(), [&](const torch::Tensor& term) {
    return training::is_stored_channels_last(term) &&
           term.scalar_type() == terms.front().scalar_type() &&
           (at::get_num_threads() == 1 || term.numel() <= kLargestForOneThread);
  });
}

}  // namespace

torch::Tensor rectified_resolution_sum(const std::vector<torch::Tensor>& terms,
                                       const std::vector<std::int64_t>& factors) {
  TORCH_CHECK(terms.size() == factors.size() &&
                  std::find(factors.begin(), factors.end(), 1) != factors.end(),
              "rectified_resolution_sum: expected one factor per term and one factor of 1, got ",
              terms.size(), " terms and factors ", factors);
  if (fits_kernel(terms)) {
    if (!torch::GradMode::is_enabled()) return sum_of(terms, factors);
    return RectifiedResolutionSum::apply(at::TensorList(terms), factors);
  }
  torch::Tensor sum;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto term =
        factors[i] == 1 ? terms[i] : upsample(terms[i], factors[i], Upsampling::kNearest);
    // The first term may belong to the caller; from the second on the sum is ours.
    sum = i == 0 ? term : (i == 1 ? sum + term : sum.add_(term));
  }
  return sum.relu();
}

}  // namespace bench::clearer
