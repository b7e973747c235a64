#include "training/complexity.h"

#include <ATen/record_function.h>
#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

namespace bench::training {
namespace {

/// Where the observer of this thread's operations adds up.
thread_local Complexity* counted = nullptr;

/// What is known of a convolution before it runs; its inputs may be gone when it has run.
struct ConvolutionInputs : at::ObserverContext {
  std::int64_t window = 0;            ///< weights that each value meets
  std::int64_t transposed_image = 0;  ///< values of the image; 0 unless transposed
};

std::unique_ptr<at::ObserverContext> convolution_starts(const at::RecordFunction& operation) {
  if (!counted || std::string_view(operation.name()) != "aten::convolution") return nullptr;
  const auto inputs = operation.inputs();
  if (inputs.size() < 7) return nullptr;
  auto known = std::make_unique<ConvolutionInputs>();
  const auto& weight = inputs[1].toTensor();
  known->window = weight.numel() / weight.size(0);
  if (inputs[6].toBool()) known->transposed_image = inputs[0].toTensor().numel();
  return known;
}

void convolution_ends(const at::RecordFunction& operation, at::ObserverContext* context) {
  const auto* known = static_cast<const ConvolutionInputs*>(context);
  if (!counted || !known || operation.outputs().empty()) return;
  // Each value of the result (transposed: of the image) meets one window of the weights.
  const auto result = operation.outputs().front().toTensor().numel();
  const bool transposed = known->transposed_image > 0;
  counted->convolution_macs += (transposed ? known->transposed_image : result) * known->window;
  counted->convolution_activations += result;
}

class PeakMemory : public c10::MemoryReportingInfoBase {
 public:
  explicit PeakMemory(torch::DeviceType device) : device_(device) {}

  void reportMemoryUsage(void*, std::int64_t bytes, std::size_t, std::size_t,
                         c10::Device device) override {
    if (device.type() != device_) return;
    held_ += bytes;  // negative when freed
    peak_ = std::max(peak_, held_);
  }
  bool memoryProfilingEnabled() const override { return true; }
  std::int64_t peak() const { return peak_; }

 private:
  const torch::DeviceType device_;
  std::int64_t held_ = 0;
  std::int64_t peak_ = 0;
};

}  // namespace

Complexity convolutions_in(const std::function<void()>& work) {
  Complexity sum;
  const auto handle =
      at::addThreadLocalCallback(at::RecordFunctionCallback(convolution_starts, convolution_ends)
                                     .needsInputs(true)
                                     .needsOutputs(true)
                                     .scopes({at::RecordScope::FUNCTION}));
  counted = &sum;
  try {
    work();
  } catch (...) {
    counted = nullptr;
    at::removeCallback(handle);
    throw;
  }
  counted = nullptr;
  at::removeCallback(handle);
  return sum;
}

std::int64_t peak_bytes(torch::DeviceType device, const std::function<void()>& work) {
  const auto memory = std::make_shared<PeakMemory>(device);
  const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, memory);
  work();
  return memory->peak();
}

Complexity complexity(RestorationNetwork& network, const torch::Tensor& image) {
  const bool was_training = network.is_training();
  network.eval();
  torch::NoGradGuard no_grad;
  auto result = convolutions_in([&] { network.forward(image); });
  result.peak_bytes = peak_bytes(image.device().type(), [&] { network.forward(image); });
  network.train(was_training);
  for (const auto& parameter : network.parameters()) result.parameters += parameter.numel();
  return result;
}

}  // namespace bench::training
