#include "runner/study/describe.h"

#include <algorithm>
#include <sstream>

#include "runner/experiment/task_protocol.h"

namespace bench::runner {
namespace {

using text::name_of;

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string selection_text(const DataSelection& selection) {
  std::string text = selection.set + " (" + selection.split;
  if (selection.count > 0) text += ", first " + std::to_string(selection.count);
  return text + ")";
}

std::string degradation_text(const Task& task) {
  if (task.degradation.kind == "rain") return "rain, from the pairs of the data set";
  const std::string noise = task.degradation.noise == exchange::kFloatNoise
                                ? ", floating-point, neither clipped nor rounded (awgn-float)"
                                : ", clipped and truncated to 8 bits (awgn-clip-truncate)";
  return "Gaussian noise, sigma " + number(task.degradation.sigma_8bit) + noise;
}

std::string recipe_text(const Recipe& recipe) {
  return (recipe.name.empty() ? "" : recipe.name + ": ") + std::to_string(recipe.steps) +
         " steps, batch " + std::to_string(recipe.batch) + ", patch " +
         std::to_string(recipe.patch) + ", " + name_of(recipe.loss) + ", " +
         name_of(recipe.optimizer.kind) + " " + number(recipe.schedule.learning_rate) + " " +
         name_of(recipe.schedule.kind);
}

// Which recipe trained a contestant: its authors', as it stands or changed by the experiment, or
// the profile's.
std::string recipe_origin(const Contestant& contestant, const ContestantBudget& budget) {
  const auto& recipe = contestant.recipe;
  if (recipe.path.empty()) return "common recipe: ";
  const bool changed =
      std::any_of(budget.train.begin(), budget.train.end(),
                  [&recipe](const auto& own) { return own.second != recipe.settings; });
  std::string memory;
  for (const auto& key : recipe.from_memory) memory += (memory.empty() ? "" : ", ") + key;
  return "published recipe " + recipe.path + " (" + recipe.source +
         (memory.empty() ? "" : "; not verified: " + memory) + ")" + (changed ? ", modified" : "") +
         ": ";
}

std::string losses_text(const SearchOptions& search) {
  const auto& losses = search.losses;
  const std::string sign = losses.architecture_loss_sign == clearer::EntropySign::kPlus    ? "+1"
                           : losses.architecture_loss_sign == clearer::EntropySign::kMinus ? "-1"
                                                                                           : "0";
  std::string text = "lambda1 " + number(losses.lambda_architecture) + " (sign " + sign + ", " +
                     name_of(losses.architecture_loss_form) + "), lambda2 " +
                     number(losses.lambda_complexity);
  if (losses.lambda_complexity > 0) text += " (" + name_of(search.complexity_cost) + ")";
  return text;
}

std::string search_text(const Contestant& contestant, const SearchOptions& search) {
  const bool of_modules = contestant.method.empty();
  std::string text = "searched by " + name_of(search.strategy) + ", " +
                     (of_modules ? name_of(search.semantics) : contestant.method) + " supernet, " +
                     recipe_text(search.weights);
  if (scores_candidates(search.strategy)) {
    return text + (search.shared_weights ? ", shared weights" : ", each candidate trained");
  }
  text += ", warm-up " + number(100 * search.warm_up_fraction) + " %, architecture " +
          name_of(search.architecture_optimizer.kind) + " " +
          number(search.architecture_schedule.learning_rate) + ", decay " +
          number(search.architecture_optimizer.weight_decay);
  if (search.weight_steps_per_architecture_step > 1) {
    text += ", every " + std::to_string(search.weight_steps_per_architecture_step) + " steps";
  }
  if (search.strategy == clearer::StrategyKind::kClearer) {
    text += ", batch norm " + name_of(search.architecture_batch_norm);
  }
  return of_modules ? text + ", " + losses_text(search) : text;
}

// Files that several tasks share stand once.
std::string weights_text(const Contestant& contestant) {
  constexpr std::size_t kShortDigest = 12;
  std::string text;
  for (const auto& [task, weights] : contestant.weights) {
    const std::string one =
        weights.file +
        (weights.sha256.empty() ? "" : " (SHA-256 " + weights.sha256.substr(0, kShortDigest) + ")");
    if (text.find(one) == std::string::npos) text += (text.empty() ? "" : "; ") + one;
  }
  return "given weights: " + text;
}

}  // namespace

reports::TaskFacts task_facts(const Task& task, const TaskData& data,
                              const std::vector<std::string>& protocols) {
  std::string tests;
  for (const auto& test : data.test) {
    tests += (tests.empty() ? "" : "; ") + selection_text(test);
  }
  return {.id = task.id,
          .label = task.label,
          .degradation = degradation_text(task),
          .data = std::string(task.channels == 1 ? "gray" : "RGB") +
                  (data.train.set.empty() ? "; nothing is trained"
                                          : "; trained on " + selection_text(data.train)) +
                  "; tested on " + tests,
          .note = data.note,
          .protocols = protocols_on(protocols, task.degradation)};
}

reports::ContestantFacts contestant_facts(const Contestant& contestant,
                                          const ContestantBudget& budget) {
  std::string recipes;
  for (const auto& [task, recipe] : budget.train) {
    const std::string text = recipe_text(recipe);
    if (recipes.find(text) == std::string::npos) recipes += (recipes.empty() ? "" : "; ") + text;
  }
  if (!recipes.empty()) recipes = recipe_origin(contestant, budget) + recipes;
  if (contestant.kind == ContestantKind::kSearched) {
    recipes = search_text(contestant, budget.search) + (recipes.empty() ? "" : "; ") + recipes;
  }
  return {.id = contestant.id,
          .label = contestant.label,
          .kind = contestant.architecture == "random" ? "random" : to_string(contestant.kind),
          .searched_on = contestant.search_task,
          .recipe = contestant.weights.empty() ? recipes : weights_text(contestant),
          .is_scored = contestant.trained,
          .is_trained = is_trained(contestant)};
}

reports::Ask ask_facts(const Ask& ask) {
  return {.kind = name_of(ask.kind),
          .contestant = ask.contestant,
          .others = ask.others,
          .tasks = ask.tasks,
          .protocol = ask.protocol,
          .margin = ask.margin,
          .quantity = ask.quantity,
          .with_task = ask.with_task};
}

std::string test_data_caveat(const Contestant& contestant, const ContestantBudget& budget) {
  if (contestant.kind != ContestantKind::kSearched ||
      budget.search.architecture_data != clearer::ArchitectureData::kTestSplitAsReleased) {
    return "";
  }
  return contestant.label +
         " uses test data: its architecture was chosen on the test split, as in the released "
         "deraining code, so its scores on that split are not scores on unseen images.";
}

std::string cost_conditions(const Profile& profile) {
  const auto& machine = profile.machine;
  return "Measured on one image of " + std::to_string(profile.cost.height) + " × " +
         std::to_string(profile.cost.width) + " pixels (height × width), " +
         name_of(machine.device) + ", " + std::to_string(machine.threads) +
         (machine.threads == 1 ? " thread, " : " threads, ") + name_of(machine.precision) + ".";
}

bool is_as_stated(const db::RunRecord& run) {
  return std::all_of(run.overrides.begin(), run.overrides.end(), [](const std::string& one) {
    return one.substr(0, one.find('=')).find(".machine.") != std::string::npos;
  });
}

}  // namespace bench::runner
