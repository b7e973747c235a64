#include <map>
#include <utility>

#include "runner/experiment/architecture_text.h"
#include "runner/experiment/catalogues.h"
#include "runner/experiment/task_protocol.h"
#include "runner/plan/estimate.h"
#include "runner/plan/plan.h"

namespace bench::runner {
namespace {

using exchange::CostStage;
using exchange::EvaluateStage;
using exchange::PrepareStage;
using exchange::SearchStage;
using exchange::TaskSettings;
using exchange::TrainStage;

// Unless a profile asks for other noise under each seed, all seeds see the same degraded images.
// All contestants do in any case.
constexpr std::uint64_t kTestNoiseSeed = 0;
constexpr std::uint64_t kNoSeed = 0;

class Planner {
 public:
  Planner(const Experiment& experiment, const Profile& profile,
          const std::vector<std::uint64_t>& seeds)
      : experiment_(experiment), profile_(profile), seeds_(seeds) {}

  Plan make() {
    for (const auto& task : experiment_.tasks) prepare(task);
    // Searches first: what waits for them is the longest chain.
    for (const auto seed : seeds_) {
      for (const auto& contestant : experiment_.contestants) search(contestant, seed);
    }
    for (const auto seed : seeds_) {
      for (const auto& contestant : experiment_.contestants) {
        for (const auto& task : experiment_.tasks) compete(contestant, task, seed);
      }
    }
    for (const auto& contestant : experiment_.contestants) {
      for (const auto& task : experiment_.tasks) measure_cost(contestant, task);
    }
    return std::move(plan_);
  }

 private:
  const ContestantBudget& budget(const Contestant& contestant) const {
    return profile_.contestants.at(contestant.id);
  }

  TaskSettings task_settings(const Task& task) const {
    const TaskData& data = profile_.data.at(task.id);
    return {.id = task.id,
            .channels = task.channels,
            .degradation = task.degradation,
            .train = data.train,
            .test = data.test};
  }

  std::size_t add(PlannedStage stage) {
    stage.estimated_seconds = estimated_seconds(stage.kind, stage.settings_json);
    plan_.stages.push_back(std::move(stage));
    return plan_.stages.size() - 1;
  }

  void prepare(const Task& task) {
    prepared_[task.id] = add({.kind = "prepare",
                              .name = "prepare " + task.id,
                              .settings_json = to_json(PrepareStage{task_settings(task)}),
                              .task = task.id});
  }

  void search(const Contestant& contestant, std::uint64_t seed) {
    if (contestant.kind != ContestantKind::kSearched) return;
    const Task& task = task_of(experiment_, contestant.search_task);
    const SearchStage settings{.task = task_settings(task),
                               .method = contestant.method,
                               .options = sizes_in_search(contestant.options, contestant.method),
                               .space = budget(contestant).space,
                               .search = budget(contestant).search,
                               .machine = profile_.machine,
                               .seed = seed};
    searched_[{contestant.id, seed}] = add(
        {.kind = "search",
         .name = "search " + contestant.id + " on " + task.id + ", seed " + std::to_string(seed),
         .settings_json = to_json(settings),
         .inputs = {{"data", prepared_.at(task.id)}},
         .contestant = contestant.id,
         .task = task.id,
         .seed = seed,
         .threads = profile_.machine.threads});
  }

  NetworkSettings network(const Contestant& contestant, const Task& task,
                          std::uint64_t seed) const {
    switch (contestant.kind) {
      case ContestantKind::kDegraded:
        return {.kind = "degraded"};
      case ContestantKind::kSearched:
        if (!contestant.method.empty()) return method_network(contestant, task);
        return {.kind = "clearer", .space = budget(contestant).space};
      case ContestantKind::kArchitecture:
        return with_given_weights({.kind = "clearer",
                                   .space = budget(contestant).space,
                                   .architecture = architecture_of(contestant.architecture,
                                                                   budget(contestant).space, seed)},
                                  contestant, task);
      case ContestantKind::kNetwork:
        return method_network(contestant, task);
      case ContestantKind::kClassical:
        return {.kind = "classical", .method = contestant.method, .options = contestant.options};
    }
    return {};
  }

  // Trained here or, where the file names some, given weights.
  static NetworkSettings method_network(const Contestant& contestant, const Task& task) {
    return with_given_weights({.kind = "network",
                               .method = contestant.method,
                               .options = sizes_in_training(contestant.options)},
                              contestant, task);
  }

  static NetworkSettings with_given_weights(NetworkSettings network, const Contestant& contestant,
                                            const Task& task) {
    if (const auto given = contestant.weights.find(task.id); given != contestant.weights.end()) {
      network.weights_file = given->second.file;
      network.weights_sha256 = given->second.sha256;
      network.weights_key = given->second.key;
    }
    return network;
  }

  void add_search_input(const Contestant& contestant, std::uint64_t seed,
                        std::vector<PlannedInput>& inputs) const {
    if (contestant.kind == ContestantKind::kSearched) {
      inputs.push_back({"search", searched_.at({contestant.id, seed})});
    }
  }

  std::size_t train(const Contestant& contestant, const Task& task, std::uint64_t seed) {
    const TrainStage settings{.task = task_settings(task),
                              .network = network(contestant, task, seed),
                              .recipe = budget(contestant).train.at(task.id),
                              .machine = profile_.machine,
                              .seed = seed};
    std::vector<PlannedInput> inputs = {{"data", prepared_.at(task.id)}};
    add_search_input(contestant, seed, inputs);
    return add(
        {.kind = "train",
         .name = "train " + contestant.id + " on " + task.id + ", seed " + std::to_string(seed),
         .settings_json = to_json(settings),
         .inputs = inputs,
         .contestant = contestant.id,
         .task = task.id,
         .seed = seed,
         .threads = profile_.machine.threads});
  }

  bool has_noise_of_each_seed(const Task& task) const {
    return profile_.test_noise == TestNoise::kEachSeed && task.degradation.kind == "gaussian";
  }

  void compete(const Contestant& contestant, const Task& task, std::uint64_t seed) {
    if (!takes_part(contestant, task.id) || !contestant.trained) return;
    // What is not trained gives the same result under every seed: once is enough.
    const bool depends_on_seed = is_trained(contestant) || has_noise_of_each_seed(task);
    if (!depends_on_seed && seed != seeds_.front()) return;
    std::vector<PlannedInput> inputs = {{"data", prepared_.at(task.id)}};
    if (is_trained(contestant)) inputs.push_back({"model", train(contestant, task, seed)});
    const EvaluateStage settings{
        .task = task_settings(task),
        // The model's folder says what a trained network is.
        .network = is_trained(contestant) ? NetworkSettings{} : network(contestant, task, seed),
        .protocols = protocols_on(experiment_.protocols, task.degradation),
        .noise_seed = has_noise_of_each_seed(task) ? seed : kTestNoiseSeed,
        .keep_images = seed == seeds_.front() ? profile_.keep_images : 0,
        .machine = profile_.machine};
    add({.kind = "evaluate",
         .name = "evaluate " + contestant.id + " on " + task.id +
                 (depends_on_seed ? ", seed " + std::to_string(seed) : ""),
         .settings_json = to_json(settings),
         .inputs = inputs,
         .contestant = contestant.id,
         .task = task.id,
         .seed = depends_on_seed ? seed : kNoSeed,
         .threads = profile_.machine.threads});
  }

  void measure_cost(const Contestant& contestant, const Task& task) {
    // The degraded image costs nothing.
    const bool costs = contestant.kind != ContestantKind::kDegraded && contestant.trained;
    if (!costs || !takes_part(contestant, task.id)) return;
    // A random or searched architecture is another one under each seed.
    const bool each_seed =
        contestant.kind == ContestantKind::kSearched || contestant.architecture == "random";
    for (const auto seed : seeds_) {
      if (!each_seed && seed != seeds_.front()) continue;
      const CostStage settings{.network = network(contestant, task, seed),
                               .channels = task.channels,
                               .height = profile_.cost.height,
                               .width = profile_.cost.width,
                               .repetitions = profile_.cost.repetitions,
                               .machine = profile_.machine};
      std::vector<PlannedInput> inputs;
      add_search_input(contestant, seed, inputs);
      add({.kind = "cost",
           .name = "cost of " + contestant.id + " on " + task.id +
                   (is_trained(contestant) ? ", seed " + std::to_string(seed) : ""),
           .settings_json = to_json(settings),
           .inputs = inputs,
           .contestant = contestant.id,
           .task = task.id,
           .seed = is_trained(contestant) ? seed : kNoSeed,
           .threads = profile_.machine.threads,
           .alone = true});
    }
  }

  const Experiment& experiment_;
  const Profile& profile_;
  const std::vector<std::uint64_t>& seeds_;
  Plan plan_;
  std::map<std::string, std::size_t> prepared_;                            // by task
  std::map<std::pair<std::string, std::uint64_t>, std::size_t> searched_;  // by contestant, seed
};

}  // namespace

Plan make_plan(const Experiment& experiment, const Profile& profile,
               const std::vector<std::uint64_t>& seeds) {
  return Planner(experiment, profile, seeds).make();
}

std::vector<std::size_t> needed_by(const PlannedStage& stage) {
  std::vector<std::size_t> indices;
  for (const auto& input : stage.inputs) indices.push_back(input.stage);
  return indices;
}

}  // namespace bench::runner
