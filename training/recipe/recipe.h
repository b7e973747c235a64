#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/text/choices.h"

/// How weights are trained, as plain values: no tensors, so that what plans and checks trainings
/// has them too. The members' initializers are the defaults of experiment files.
namespace bench::training {

enum class Loss : std::uint8_t {
  kMse,             ///< mean squared error
  kL1,              ///< mean absolute error
  kHalfSumSquared,  ///< half the sum of squared errors over the whole batch (DnCNN)
  kNegativeSsim,    ///< minus the mean SSIM with a zero-padded 11x11 window (PReNet)
  kNegativePsnr,    ///< minus the mean PSNR in dB over images, peak 1 (NAFNet)
  kHiNasSearch,     ///< mean of MSE and .5 times -log10 of that SSIM (HiNAS's supernet)
  kHiNasTraining,   ///< the same with .6 (HiNAS's derived network)
};
constexpr auto choices_of(Loss) {
  return std::to_array<text::Choice<Loss>>({{Loss::kMse, "mse"},
                                            {Loss::kL1, "l1"},
                                            {Loss::kHalfSumSquared, "half-sum-squared"},
                                            {Loss::kNegativeSsim, "neg-ssim"},
                                            {Loss::kNegativePsnr, "neg-psnr"},
                                            {Loss::kHiNasSearch, "hinas-search"},
                                            {Loss::kHiNasTraining, "hinas-training"}});
}

enum class OptimizerKind : std::uint8_t { kAdam, kSgd };
constexpr auto choices_of(OptimizerKind) {
  return std::to_array<text::Choice<OptimizerKind>>(
      {{OptimizerKind::kAdam, "adam"}, {OptimizerKind::kSgd, "sgd"}});
}

/// How an optimizer moves the weights; the learning rate comes with each step.
/// Defaults: Adam of LibTorch.
struct OptimizerSettings {
  OptimizerKind kind = OptimizerKind::kAdam;
  double beta1 = 0.9;         ///< Adam
  double beta2 = 0.999;       ///< Adam
  double epsilon = 1e-8;      ///< Adam
  double momentum = 0.9;      ///< SGD; no dampening, no Nesterov
  double weight_decay = 0.0;  ///< added to the gradient (L2), in both kinds
  friend bool operator==(const OptimizerSettings&, const OptimizerSettings&) = default;
};

enum class ScheduleKind : std::uint8_t {
  kCosine,
  kPolynomial,
  kExponential,  ///< a constant factor a step: a straight line in the logarithm
  kMilestones,
  kConstant,
};
constexpr auto choices_of(ScheduleKind) {
  return std::to_array<text::Choice<ScheduleKind>>({{ScheduleKind::kCosine, "cosine"},
                                                    {ScheduleKind::kPolynomial, "polynomial"},
                                                    {ScheduleKind::kExponential, "exponential"},
                                                    {ScheduleKind::kMilestones, "milestones"},
                                                    {ScheduleKind::kConstant, "constant"}});
}

/// The learning rate over the steps.
struct Schedule {
  ScheduleKind kind = ScheduleKind::kCosine;
  double learning_rate = 1e-2;
  double learning_rate_min = 0.0;  ///< reached at the end: cosine, polynomial, exponential (> 0)
  std::vector<std::int64_t> milestones = {};  ///< steps at which `milestone_factor` multiplies it
  double milestone_factor = 0.1;
  double power = 0.9;                ///< polynomial: of the share of steps that are left
  std::int64_t steps_per_epoch = 1;  ///< the rate changes only with each epoch
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

enum class Precision : std::uint8_t {
  kFloat32,
  kBfloat16,  ///< autocast: weights, loss and optimizer stay float32
};
constexpr auto choices_of(Precision) {
  return std::to_array<text::Choice<Precision>>(
      {{Precision::kFloat32, "fp32"}, {Precision::kBfloat16, "bf16"}});
}

enum class Layout : std::uint8_t { kChannelsLast, kNchw };
constexpr auto choices_of(Layout) {
  return std::to_array<text::Choice<Layout>>(
      {{Layout::kChannelsLast, "channels_last"}, {Layout::kNchw, "nchw"}});
}

/// Which outputs of a network with several the loss looks at.
enum class Supervision : std::uint8_t { kAllOutputs, kLastOutput };
constexpr auto choices_of(Supervision) {
  return std::to_array<text::Choice<Supervision>>(
      {{Supervision::kAllOutputs, "all-outputs"}, {Supervision::kLastOutput, "last-output"}});
}

/// What is done to training patches at random.
enum class Augmentation : std::uint8_t {
  kFlipsRotations,
  kAsReleased,  ///< the same without the identity
  kNone,
};
constexpr auto choices_of(Augmentation) {
  return std::to_array<text::Choice<Augmentation>>(
      {{Augmentation::kFlipsRotations, "flips-rotations"},
       {Augmentation::kAsReleased, "as-released"},
       {Augmentation::kNone, "none"}});
}

/// Everything that decides how a network is trained, but the images and the first weights.
struct Recipe {
  std::string name;        ///< for reports, e.g. "fast", "as_released"
  std::int64_t steps = 0;  ///< weight updates; each recipe says its own
  std::int64_t batch = 8;
  std::int64_t patch = 32;  ///< pixels, square
  Loss loss = Loss::kMse;
  Supervision supervision = Supervision::kAllOutputs;  ///< all: the losses are summed
  OptimizerSettings optimizer;
  Schedule schedule;
  double gradient_norm_limit = 5.0;  ///< 2-norm over all weights; 0: no limit
  Augmentation augmentation = Augmentation::kFlipsRotations;
  Precision precision = Precision::kFloat32;  ///< the machine's, as is `layout`
  Layout layout = Layout::kChannelsLast;
  friend bool operator==(const Recipe&, const Recipe&) = default;
};

/// The learning rate of a step in 0 .. steps - 1.
double learning_rate_at(const Schedule& schedule, std::int64_t step, std::int64_t steps);

/// \throws std::invalid_argument naming the first impossible value.
void validate(const Recipe& recipe);

/// \throws std::invalid_argument naming the first impossible value.
void validate(const OptimizerSettings& settings);

/// \throws std::invalid_argument naming the first impossible value.
void validate(const Schedule& schedule);

}  // namespace bench::training
