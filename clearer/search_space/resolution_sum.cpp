#include "clearer/search_space/resolution_sum.h"

#include <torch/torch.h>

#include <algorithm>

#include "clearer/search_space/upsample.h"

namespace bench::clearer {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows of channels-last memory of one tensor: [N, H, W, C].
struct Picture {
  std::int64_t batch, height, width, channels;
};

Picture picture_of(const torch::Tensor& tensor) {
  return {tensor.size(0), tensor.size(2), tensor.size(3), tensor.size(1)};
}

/// fine += coarse, each coarse pixel repeated factor x factor times.
void add_enlarged(const Picture& fine, std::int64_t factor, const float* __restrict coarse,
                  float* __restrict sum) {
  const auto coarse_row = fine.width / factor * fine.channels;
  for (std::int64_t row = 0; row < fine.batch * fine.height; ++row) {
    const auto picture = row / fine.height, y = row % fine.height;
    const float* from = coarse + (picture * (fine.height / factor) + y / factor) * coarse_row;
    float* to = sum + row * fine.width * fine.channels;
    for (std::int64_t x = 0; x < fine.width; ++x) {
      const float* pixel = from + x / factor * fine.channels;
      for (std::int64_t c = 0; c < fine.channels; ++c) to[c] += pixel[c];
      to += fine.channels;
    }
  }
}

/// coarse += the sum of each factor x factor block of fine.
void add_blocks(const Picture& fine, std::int64_t factor, const float* __restrict values,
                float* __restrict coarse) {
  const auto coarse_row = fine.width / factor * fine.channels;
  for (std::int64_t row = 0; row < fine.batch * fine.height; ++row) {
    const auto picture = row / fine.height, y = row % fine.height;
    float* to = coarse + (picture * (fine.height / factor) + y / factor) * coarse_row;
    const float* from = values + row * fine.width * fine.channels;
    for (std::int64_t x = 0; x < fine.width; ++x) {
      float* pixel = to + x / factor * fine.channels;
      for (std::int64_t c = 0; c < fine.channels; ++c) pixel[c] += from[c];
      from += fine.channels;
    }
  }
}

torch::Tensor sum_of(const std::vector<torch::Tensor>& terms,
                     const std::vector<std::int64_t>& factors) {
  torch::Tensor sum;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (factors[i] != 1) continue;
    if (!sum.defined()) {
      sum = terms[i].clone();
    } else {
      sum.add_(terms[i]);
    }
  }
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (factors[i] == 1) continue;
    add_enlarged(picture_of(sum), factors[i], terms[i].const_data_ptr<float>(),
                 sum.mutable_data_ptr<float>());
  }
  return sum.relu_();
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
    const auto slope =
        at::threshold_backward(slopes[0].contiguous(torch::MemoryFormat::ChannelsLast), sum, 0);
    const auto fine = picture_of(slope);
    variable_list result;
    for (const auto factor : factors) {
      if (factor == 1) {
        result.push_back(slope);  // shared: gradients are not written to
        continue;
      }
      // zeros() ignores a memory format.
      const auto coarse =
          torch::empty({fine.batch, fine.channels, fine.height / factor, fine.width / factor},
                       slope.options().memory_format(torch::MemoryFormat::ChannelsLast))
              .zero_();
      add_blocks(fine, factor, slope.const_data_ptr<float>(), coarse.mutable_data_ptr<float>());
      result.push_back(coarse);
    }
    result.emplace_back();  // for the factors
    return result;
  }
};

/// As in batch_norm: one thread, small tensors.
constexpr std::int64_t kLargestForOneThread = 1 << 18;

bool fits_kernel(const std::vector<torch::Tensor>& terms) {
  return std::all_of(terms.begin(), terms.end(), [](const torch::Tensor& term) {
    return term.is_cpu() && term.scalar_type() == torch::kFloat32 &&
           term.is_contiguous(torch::MemoryFormat::ChannelsLast) &&
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
