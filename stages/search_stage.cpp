#include <torch/types.h>

#include <cmath>
#include <optional>

#include "clearer/search/strategy.h"
#include "clearer/space/cost.h"
#include "core/randomness/stream.h"
#include "stages/batches.h"
#include "stages/candidate_score.h"
#include "stages/checkpoint.h"
#include "stages/device.h"
#include "stages/latencies.h"
#include "stages/prepared_data.h"
#include "stages/stage.h"
#include "stages/state_digest.h"
#include "stages/supernets.h"
#include "stages/tensor_file.h"

namespace bench::stages {
namespace {

bool is_on_test_split(const exchange::SearchStage& settings) {
  return settings.search.architecture_data == clearer::ArchitectureData::kTestSplitAsReleased;
}

// Weights and architecture see disjoint halves of the TRAINING data, and test data is never read;
// but for the searches that ask for the released deraining code's way by its name.
clearer::SearchBatches make_batches(const SearchExamples& examples,
                                    const exchange::SearchStage& settings, torch::Device device) {
  const auto source = [&](const auto& images, datasets::Subset subset, const char* purpose) {
    return batch_source(images, settings.task, settings.search.weights, subset, settings.seed,
                        purpose, device);
  };
  return {source(examples.weights, examples.weights_subset, "search/weights"),
          source(examples.architecture, examples.architecture_subset, "search/architecture")};
}

SearchExamples search_examples(Stage& stage, const exchange::SearchStage& settings) {
  const auto folder = input_folder(stage, "data");
  const auto training = read_training_examples(folder);
  if (!is_on_test_split(settings)) {
    return {training, datasets::Subset::kEven, training, datasets::Subset::kOdd};
  }
  auto test = read_test_sets(folder).at(0).examples;
  return {training, datasets::Subset::kAll,
          std::make_shared<const std::vector<datasets::Example>>(std::move(test)),
          datasets::Subset::kAll};
}

std::uint64_t supernet_seed(const exchange::SearchStage& settings) {
  return randomness::Stream(settings.seed, "weights/supernet" + settings.method).next();
}

clearer::SearchOptions options_of(const exchange::SearchStage& settings) {
  auto options = settings.search;
  options.weights = on_machine(options.weights, settings.machine);
  options.seed = settings.seed;
  return options;
}

/// \param latencies  what was measured, where the search counts latency
std::unique_ptr<clearer::Strategy> clearer_search(Stage& stage,
                                                  const exchange::SearchStage& settings,
                                                  const SearchExamples& examples,
                                                  torch::Device device,
                                                  std::optional<ModuleLatencies>& latencies) {
  const auto space = with_image_channels(settings.space, settings.task.channels);
  auto options = options_of(settings);
  if (options.complexity_cost == clearer::ComplexityCost::kLatency) {
    latencies = module_latencies(stage, space);
    options.costs = clearer::normalized_costs(*latencies);
  } else {
    options.costs = clearer::position_costs(space, options.complexity_cost);
  }
  clearer::ScoreFunction score;
  if (scores_candidates(options.strategy)) {
    score = candidate_score(examples, space, settings, device);
  }
  return clearer::make_strategy(
      space, options, make_supernet(space, options.semantics, supernet_seed(settings), device),
      make_batches(examples, settings, device), std::move(score));
}

// The same search on the supernet of another method: its cells instead of CLEARER's modules.
std::unique_ptr<clearer::Strategy> method_search(const exchange::SearchStage& settings,
                                                 const SearchExamples& examples,
                                                 torch::Device device) {
  const auto options = options_of(settings);
  return clearer::make_relaxed_search(
      options,
      make_method_supernet(settings.method, settings.options, settings.task.channels,
                           supernet_seed(settings), options, device),
      make_batches(examples, settings, device));
}

void report_step(Stage& stage, const clearer::SearchStepReport& report, std::int64_t steps) {
  const std::int64_t interval = std::max<std::int64_t>(1, steps / 100);
  const std::int64_t done = report.step + 1;
  if (done % interval != 0 && done != steps) return;
  exchange::Progress progress{.step = done, .steps = steps};
  if (std::isfinite(report.weight_loss)) progress.loss = report.weight_loss;
  if (std::isfinite(report.score)) progress.psnr_db = report.score;
  stage.events.progress(progress);
}

void run_to_end(Stage& stage, clearer::Strategy& strategy, Checkpoint& checkpoint) {
  while (!strategy.finished()) {
    try {
      report_step(stage, strategy.step(), strategy.planned_steps());
      if (is_interrupted()) throw Interrupted();
    } catch (const Interrupted&) {
      // Also from the middle of a candidate's own training, which then begins again.
      checkpoint.write(strategy.state());
      throw;
    }
    if (checkpoint.is_due()) checkpoint.write(strategy.state());
  }
}

void write_trajectory(Stage& stage, const clearer::SearchResult& result, bool of_modules) {
  for (const auto& point : result.trajectory) {
    // A cell has dozens of choices: of them the mean entropy alone is kept.
    for (std::size_t i = 0; of_modules && i < point.probabilities.size(); ++i) {
      stage.events.point(
          {"p_parallel/" + std::to_string(i), point.step, point.probabilities[i][0]});
    }
    if (!point.probabilities.empty()) {
      stage.events.point({"entropy_nats", point.step, point.entropy_nats});
    }
    if (std::isfinite(point.weight_loss)) {
      stage.events.point({"loss", point.step, point.weight_loss});
    }
    if (std::isfinite(point.architecture_loss)) {
      stage.events.point({"architecture_loss", point.step, point.architecture_loss});
    }
  }
}

exchange::StageResult result_of(const clearer::SearchResult& found) {
  exchange::StageResult result;
  result.facts.emplace_back("architecture", found.architecture);
  for (std::size_t i = 0; i < found.scored.size(); ++i) {
    result.facts.emplace_back(
        "candidate/" + std::to_string(i),
        found.scored[i].architecture + " " + std::to_string(found.scored[i].score));
  }
  const auto& cost = found.cost;
  result.quantities = {
      {"search_images_seen", "images", static_cast<double>(cost.images_seen)},
      {"search_weight_steps", "steps", static_cast<double>(cost.weight_steps)},
      {"search_architecture_steps", "steps", static_cast<double>(cost.architecture_steps)},
      {"search_evaluations", "candidates", static_cast<double>(cost.evaluations)}};
  return result;
}

}  // namespace

exchange::StageResult search(Stage& stage) {
  const auto settings = exchange::parse_search_stage(stage.request.settings_json);
  const torch::Device device = prepare_device(settings.machine);
  const auto examples = search_examples(stage, settings);
  std::optional<ModuleLatencies> latencies;
  const auto strategy = settings.method.empty()
                            ? clearer_search(stage, settings, examples, device, latencies)
                            : method_search(settings, examples, device);
  Checkpoint checkpoint(stage);
  if (auto state = checkpoint.take_up()) {
    state->facts.erase("events_position");
    strategy->restore(*state);
  }
  run_to_end(stage, *strategy, checkpoint);
  const auto found = strategy->result();
  write_trajectory(stage, found, settings.method.empty());
  auto result = result_of(found);
  // The supernet is not kept; this says whether another search ended with the same one.
  result.facts.emplace_back("state_sha256", state_digest(strategy->state()));
  checkpoint.remove();
  if (latencies) add_latencies(stage, *latencies, result);
  return result;
}

}  // namespace bench::stages
