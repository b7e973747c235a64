#pragma once

#include <cstdint>
#include <vector>

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

enum class OptimizerKind : std::uint8_t { kAdam, kSgd };

/// How an optimizer moves the weights; the learning rate comes with each step.
/// Defaults: Adam of LibTorch.
struct OptimizerSettings {
  OptimizerKind kind = OptimizerKind::kAdam;
  double beta1 = 0.9;         ///< Adam
  double beta2 = 0.999;       ///< Adam
  double epsilon = 1e-8;      ///< Adam
  double momentum = 0.9;      ///< SGD; no dampening, no Nesterov
  double weight_decay = 0.0;  ///< added to the gradient (L2), in both kinds
};

enum class ScheduleKind : std::uint8_t {
  kConstant,
  kCosine,
  kMilestones,
  kPolynomial,
  kExponential,  ///< a constant factor a step: a straight line in the logarithm
};

/// The learning rate over the steps.
struct Schedule {
  ScheduleKind kind = ScheduleKind::kCosine;
  double learning_rate = 1e-3;
  double learning_rate_min = 0.0;  ///< reached at the end: cosine, polynomial, exponential (> 0)
  std::vector<std::int64_t> milestones = {};  ///< steps at which it is multiplied by `factor`
  double factor = 0.1;                        ///< milestones
  double power = 0.9;                         ///< polynomial: of the share of steps that are left
  std::int64_t interval = 1;  ///< steps for which it stays the same ("epoch" of released codes)
};

enum class Precision : std::uint8_t {
  kFloat32,
  kBfloat16,  ///< autocast: weights, loss and optimizer stay float32
};

enum class Layout : std::uint8_t { kNchw, kChannelsLast };

/// Which outputs of a network with several the loss looks at.
enum class Supervision : std::uint8_t { kAllOutputs, kLastOutput };

/// Everything that decides how a network is trained, but the data and the first weights.
struct Recipe {
  std::int64_t steps = 1000;
  Loss loss = Loss::kMse;
  Supervision supervision = Supervision::kAllOutputs;  ///< all: the losses are summed
  OptimizerSettings optimizer;
  Schedule schedule;
  double gradient_norm_limit = 5.0;  ///< 2-norm over all weights; 0: no limit
  Precision precision = Precision::kFloat32;
  Layout layout = Layout::kChannelsLast;
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
