#include <torch/types.h>

#include <cmath>
#include <optional>

#include "stages/batches.h"
#include "stages/checkpoint.h"
#include "stages/device.h"
#include "stages/network.h"
#include "stages/prepared_data.h"
#include "stages/stage.h"
#include "stages/tensor_file.h"
#include "training/module_state.h"
#include "training/trainer.h"

namespace bench::stages {
namespace {

constexpr std::int64_t kPoints = 100;  // of a learning curve

// The mean loss between two points of the curve, which is far less noisy than one batch's.
class LossCurve {
 public:
  LossCurve(exchange::EventWriter& events, std::int64_t steps)
      : events_(events), steps_(steps), interval_(std::max<std::int64_t>(1, steps / kPoints)) {}

  void add(const training::StepReport& report) {
    sum_ += report.loss;
    ++count_;
    const std::int64_t done = report.step + 1;
    if (done % interval_ != 0 && done != steps_) return;
    const double mean = sum_ / static_cast<double>(count_);
    events_.point({"loss", done, mean});
    events_.progress({.step = done, .steps = steps_, .loss = mean});
    sum_ = 0;
    count_ = 0;
  }

  // The sums since the last point, for a checkpoint between two.
  double sum() const { return sum_; }
  std::int64_t count() const { return count_; }
  void restore(double sum, std::int64_t count) {
    sum_ = sum;
    count_ = count;
  }

 private:
  exchange::EventWriter& events_;
  std::int64_t steps_;
  std::int64_t interval_;
  double sum_ = 0;
  std::int64_t count_ = 0;
};

training::State with_curve(training::State state, const LossCurve& curve) {
  state.tensors.push_back(
      {"curve", torch::tensor({curve.sum(), static_cast<double>(curve.count())}, torch::kFloat64)});
  return state;
}

void take_up(training::Trainer& trainer, LossCurve& curve, training::State state) {
  const torch::Tensor sums = training::tensor_in(state, "curve");
  curve.restore(sums[0].item<double>(), static_cast<std::int64_t>(sums[1].item<double>()));
  std::erase_if(state.tensors, [](const auto& tensor) { return tensor.name == "curve"; });
  state.facts.erase("events_position");
  trainer.restore(state);
}

void run_to_end(training::Trainer& trainer, LossCurve& curve, Checkpoint& checkpoint) {
  while (!trainer.finished()) {
    curve.add(trainer.step());
    if (is_interrupted()) {
      checkpoint.write(with_curve(trainer.state(), curve));
      throw Interrupted();
    }
    if (checkpoint.is_due()) checkpoint.write(with_curve(trainer.state(), curve));
  }
}

training::State model_of(const training::RestorationNetwork& network,
                         const exchange::TrainStage& settings) {
  training::State model;
  training::append_module_state(network, "", model);
  model.facts["network"] = exchange::to_json(settings.network);
  model.facts["image_channels"] = std::to_string(settings.task.channels);
  return model;
}

}  // namespace

exchange::StageResult train(Stage& stage) {
  const auto settings = exchange::parse_train_stage(stage.request.settings_json);
  const torch::Device device = prepare_device(settings.machine);
  auto network = make_network(settings.network, settings.task.channels, settings.seed);
  network->to(device);
  training::Trainer trainer(
      network, on_machine(settings.recipe, settings.machine),
      batch_source(read_training_examples(input_folder(stage, "data")), settings.task,
                   settings.recipe, datasets::Subset::kAll, settings.seed, "train", device));
  LossCurve curve(stage.events, settings.recipe.steps);
  Checkpoint checkpoint(stage);
  if (auto state = checkpoint.take_up()) take_up(trainer, curve, std::move(*state));
  run_to_end(trainer, curve, checkpoint);
  write_tensors(stage.folder / "artifacts/model.safetensors", model_of(*network, settings));
  checkpoint.remove();
  exchange::StageResult result;
  result.artifacts.push_back(artifact(stage, "model", "artifacts/model.safetensors"));
  return result;
}

}  // namespace bench::stages
