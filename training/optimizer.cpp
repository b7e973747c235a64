#include "training/optimizer.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "training/module_state.h"

namespace bench::training {
namespace {

/// The fused kernels walk flat memory, so gradient and weight must be laid out alike.
torch::Tensor gradient_like(const torch::Tensor& parameter) {
  const auto& gradient = parameter.grad();
  if (gradient.strides() == parameter.strides()) return gradient;
  return torch::empty_like(parameter).copy_(gradient);
}

/// Only float32 gradients may be scaled inside the fused kernels: they hold the scale as float32.
std::optional<torch::Tensor> fused_divisor(const std::vector<torch::Tensor>& gradients,
                                           double scale) {
  if (scale == 1.0 || gradients.empty()) return std::nullopt;
  if (gradients.front().scalar_type() == torch::kFloat32) {
    return torch::full({}, 1.0 / scale, gradients.front().options());
  }
  at::_foreach_mul_(gradients, at::Scalar(scale));
  return std::nullopt;
}

/// The weights that have a gradient now, each with its slots of the optimizer's memory.
class FusedOptimizer : public Optimizer {
 public:
  FusedOptimizer(OptimizerSettings settings, std::vector<torch::Tensor> parameters,
                 std::vector<std::string> kinds)
      : settings_(settings), parameters_(std::move(parameters)), kinds_(std::move(kinds)) {
    slots_.resize(kinds_.size());
  }

  void step(double learning_rate, double gradient_scale) override {
    torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> weights, gradients;
    std::vector<std::vector<torch::Tensor>> slots(slots_.size());
    weights.reserve(parameters_.size());
    gradients.reserve(parameters_.size());
    for (auto& slot : slots) slot.reserve(parameters_.size());
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      if (!parameters_[i].grad().defined()) continue;
      weights.push_back(parameters_[i]);
      gradients.push_back(gradient_like(parameters_[i]));
      for (std::size_t kind = 0; kind < slots.size(); ++kind) {
        slots[kind].push_back(slots_[kind][i]);
      }
    }
    if (weights.empty()) return;
    const auto divisor = fused_divisor(gradients, gradient_scale);
    update(weights, gradients, slots, learning_rate, divisor);
  }

  std::vector<torch::Tensor> moments() const override { return slots_.front(); }

  void append_state(const std::string& prefix, State& state) const override {
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
      for (std::size_t i = 0; i < parameters_.size(); ++i) {
        state.tensors.push_back({slot_name(prefix, i, kind), slots_[kind][i].clone()});
      }
    }
  }

  void restore_state(const std::string& prefix, const State& state) override {
    std::map<std::string, const torch::Tensor*> by_name;
    for (const auto& tensor : state.tensors) by_name[tensor.name] = &tensor.value;
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
      for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const auto name = slot_name(prefix, i, kind);
        const auto found = by_name.find(name);
        copy_exactly(name, found == by_name.end() ? tensor_in(state, name) : *found->second,
                     slots_[kind][i]);
      }
    }
  }

 protected:
  virtual void update(const std::vector<torch::Tensor>& weights,
                      const std::vector<torch::Tensor>& gradients,
                      const std::vector<std::vector<torch::Tensor>>& slots, double learning_rate,
                      const std::optional<torch::Tensor>& divisor) = 0;

  const OptimizerSettings settings_;
  const std::vector<torch::Tensor> parameters_;
  std::vector<std::vector<torch::Tensor>> slots_;  ///< [kind][parameter]

 private:
  std::string slot_name(const std::string& prefix, std::size_t i, std::size_t kind) const {
    return prefix + std::to_string(i) + "." + kinds_[kind];
  }

  const std::vector<std::string> kinds_;
};

class FusedAdam : public FusedOptimizer {
 public:
  FusedAdam(OptimizerSettings settings, std::vector<torch::Tensor> parameters)
      : FusedOptimizer(settings, std::move(parameters), {"mean", "square", "step"}) {
    for (const auto& parameter : parameters_) {
      slots_[0].push_back(torch::zeros_like(parameter).detach());
      slots_[1].push_back(torch::zeros_like(parameter).detach());
      slots_[2].push_back(torch::zeros({}, parameter.options().dtype(torch::kFloat32)).detach());
    }
  }

 protected:
  void update(const std::vector<torch::Tensor>& weights,
              const std::vector<torch::Tensor>& gradients,
              const std::vector<std::vector<torch::Tensor>>& slots, double learning_rate,
              const std::optional<torch::Tensor>& divisor) override {
    at::_foreach_add_(slots[2], at::Scalar(1));
    at::_fused_adam_(weights, gradients, slots[0], slots[1], {}, slots[2], learning_rate,
                     settings_.beta1, settings_.beta2, settings_.weight_decay, settings_.epsilon,
                     /*amsgrad=*/false, /*maximize=*/false, divisor);
  }
};

class FusedSgd : public FusedOptimizer {
 public:
  FusedSgd(OptimizerSettings settings, std::vector<torch::Tensor> parameters)
      : FusedOptimizer(settings, std::move(parameters), {"momentum"}) {
    // Zero is also right for the first step: without dampening the buffer becomes the gradient.
    for (const auto& parameter : parameters_) {
      slots_[0].push_back(torch::zeros_like(parameter).detach());
    }
  }

 protected:
  void update(const std::vector<torch::Tensor>& weights,
              const std::vector<torch::Tensor>& gradients,
              const std::vector<std::vector<torch::Tensor>>& slots, double learning_rate,
              const std::optional<torch::Tensor>& divisor) override {
    at::_fused_sgd_(weights, gradients, slots[0], settings_.weight_decay, settings_.momentum,
                    learning_rate, /*dampening=*/0.0, /*nesterov=*/false, /*maximize=*/false,
                    /*is_first_step=*/false, divisor);
  }
};

}  // namespace

std::unique_ptr<Optimizer> make_optimizer(const OptimizerSettings& settings,
                                          std::vector<torch::Tensor> parameters) {
  validate(settings);
  switch (settings.kind) {
    case OptimizerKind::kAdam:
      return std::make_unique<FusedAdam>(settings, std::move(parameters));
    case OptimizerKind::kSgd:
      return std::make_unique<FusedSgd>(settings, std::move(parameters));
  }
  TORCH_CHECK(false, "make_optimizer: unknown kind");
}

}  // namespace bench::training
