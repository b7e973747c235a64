#include "runner/experiment/read_settings.h"

#include <cmath>
#include <limits>

namespace bench::runner {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr core::Range kPositiveCount{1, 1e9};
constexpr core::Range kCount{0, 1e9};
constexpr core::Range kRate{0, 1e3};
constexpr core::Range kRadius{1e-12, 1e3};

// Each reads one optional key into a field of the field's type.
void read(const core::JsonReader& block, const char* key, std::int64_t& field, core::Range range) {
  if (const auto value = block.find(key)) field = value->integer(range);
}
void read(const core::JsonReader& block, const char* key, double& field, core::Range range) {
  if (const auto value = block.find(key)) field = value->number(range);
}
void read_share(const core::JsonReader& block, const char* key, double& field) {
  const auto value = block.find(key);
  if (!value) return;
  field = value->number({0, 1});
  if (field == 1) value->fail("a number of at least 0 and less than 1");
}
void read(const core::JsonReader& block, const char* key, bool& field) {
  if (const auto value = block.find(key)) field = value->boolean();
}
void read(const core::JsonReader& block, const char* key, std::string& field,
          const std::vector<std::string>& choices) {
  if (const auto value = block.find(key)) field = value->one_of(choices);
}

DataSelection read_selection(const core::JsonReader& block) {
  block.allow_only({"set", "split", "count"});
  DataSelection selection{.set = block.at("set").label()};
  if (const auto split = block.find("split")) selection.split = split->label();
  read(block, "count", selection.count, kPositiveCount);
  return selection;
}

// Without "branches" every channel count has a cell of its own; with it, finer choices are
// possible.
void check_branches(const core::JsonReader& block, const SpaceSettings& space) {
  if (space.branches == 0) {
    if (space.modules.size() == space.channels.size()) return;
    block.fail(
        "as many \"modules\" (stem, then one cell per further resolution) as \"channels\", or "
        "\"branches\"");
  }
  const auto branches = static_cast<std::size_t>(space.branches);
  const core::JsonReader origin = block.has("branches") ? block.at("branches") : block;
  if (branches > space.channels.size()) {
    origin.fail("at most as many branches as \"channels\" has entries, " +
                std::to_string(space.channels.size()) + " for " + std::to_string(branches));
  }
  if (branches > space.modules.size()) {
    origin.fail("a cell for each branch but the first: \"modules\" has " +
                std::to_string(space.modules.size() - 1) + " cells for " +
                std::to_string(branches) + " branches");
  }
}

void check_rates(const core::JsonReader& block, double rate, double least, const std::string& key) {
  if (least <= rate) return;
  const std::string least_key = key + "_min";
  const core::JsonReader origin = block.has(least_key) ? block.at(least_key)
                                  : block.has(key)     ? block.at(key)
                                                       : block;
  origin.fail("\"" + least_key + "\" not above \"" + key + "\"");
}

// Each key is right by itself, the two together are not.
void check_search(const core::JsonReader& block, const SearchSettings& search) {
  const auto refuse = [&](const char* key, const std::string& expected) {
    (block.has(key) ? block.at(key) : block).fail(expected);
  };
  const bool candidates = search.strategy == "random" || search.strategy == "evolution" ||
                          search.strategy == "exhaustive";
  const auto steps = static_cast<double>(search.weights.steps);
  if (!candidates && std::llround(search.warm_up_fraction * steps) >= search.weights.steps) {
    refuse("warm_up_fraction", "a fraction that leaves at least one step for the architecture");
  }
  check_rates(block, search.architecture_learning_rate, search.architecture_learning_rate_min,
              "architecture_learning_rate");
  if (search.strategy != "clearer" && block.has("architecture_batch_norm") &&
      search.architecture_batch_norm == "eval") {
    refuse("architecture_batch_norm",
           "\"train\", because only the strategy \"clearer\" has a step in evaluation mode");
  }
  if (search.strategy != "darts-second-order" && block.has("second_order_radius")) {
    refuse(
        "second_order_radius",
        "the strategy \"darts-second-order\", because no other strategy uses a central difference");
  }
  if (!candidates && block.has("shared_weights") && !search.shared_weights) {
    refuse("shared_weights",
           "true, or a strategy that scores candidates (random, evolution, "
           "exhaustive)");
  }
  if (search.tournament > search.population) {
    refuse("tournament",
           "a tournament no larger than the population, " + std::to_string(search.population));
  }
  if (search.strategy == "evolution" && search.population > search.candidates) {
    refuse("population", "a population no larger than the number of candidates, " +
                             std::to_string(search.candidates));
  }
  if (search.strategy == "joint" && search.architecture_data != "training-half") {
    refuse("architecture_data",
           "\"training-half\", because a joint search uses one batch for weights and architecture");
  }
}

void read_architecture_step(const core::JsonReader& block, SearchSettings& search) {
  if (const auto data = block.find("architecture_data")) {
    const std::string name = data->text();
    if (name != "training-half" && name != "test-split-as-released") {
      data->fail(
          "\"training-half\" or \"test-split-as-released\" (the released deraining code, which "
          "chooses the "
          "architecture on the test split)");
    }
    search.architecture_data = name;
  }
  read(block, "architecture_optimizer", search.architecture_optimizer, {"adam", "sgd"});
  read(block, "architecture_learning_rate", search.architecture_learning_rate, kRate);
  read(block, "architecture_learning_rate_min", search.architecture_learning_rate_min, kRate);
  read(block, "architecture_schedule", search.architecture_schedule, {"constant", "cosine"});
  read(block, "architecture_steps_per_epoch", search.architecture_steps_per_epoch, kPositiveCount);
  read_share(block, "architecture_momentum", search.architecture_momentum);
  read_share(block, "architecture_beta1", search.architecture_beta1);
  read_share(block, "architecture_beta2", search.architecture_beta2);
  read(block, "architecture_weight_decay", search.architecture_weight_decay, kRate);
  read(block, "second_order_radius", search.second_order_radius, kRadius);
  read(block, "architecture_batch_norm", search.architecture_batch_norm, {"eval", "train"});
}

void read_architecture_losses(const core::JsonReader& block, SearchSettings& search) {
  read(block, "lambda_architecture", search.lambda_architecture, {0, kInfinity});
  read(block, "lambda_complexity", search.lambda_complexity, {0, kInfinity});
  read(block, "architecture_loss_sign", search.architecture_loss_sign, {-1, 1});
  read(block, "architecture_loss_form", search.architecture_loss_form,
       {"natural-log", "log10-mean"});
  read(block, "complexity_cost", search.complexity_cost,
       {"constants", "parameters", "macs", "latency"});
}

}  // namespace

SpaceSettings read_space(const core::JsonReader& block, SpaceSettings space) {
  block.allow_only({"channels", "modules", "branches", "stem", "head", "global_residual",
                    "initialization", "order", "fusion_exchange", "normalization", "upsampling"});
  if (const auto channels = block.find("channels")) {
    space.channels = channels->integers({1, 4096});
    if (space.channels.empty() || space.channels.size() > 4) {
      channels->fail("1 to 4 channel counts, one per resolution");
    }
  }
  if (const auto modules = block.find("modules")) {
    space.modules = modules->integers({1, 64});
    if (space.modules.size() < 2 || space.modules.size() > 17) {
      modules->fail("2 to 17 module counts: the stem, then at least one cell");
    }
  }
  read(block, "branches", space.branches, {1, 4});
  check_branches(block, space);
  read(block, "stem", space.stem, {"bottleneck", "parallel"});
  read(block, "head", space.head, {"1x1", "3x3"});
  read(block, "global_residual", space.global_residual);
  read(block, "initialization", space.initialization,
       {"released", "kaiming", "kaiming-last-zeroed", "kaiming-plain"});
  read(block, "order", space.order, {"transition-first", "transition-last"});
  read(block, "fusion_exchange", space.fusion_exchange);
  read(block, "normalization", space.normalization, {"batch", "instance", "none"});
  read(block, "upsampling", space.upsampling, {"nearest", "bilinear"});
  return space;
}

const std::vector<std::string>& recipe_keys() {
  static const std::vector<std::string> keys{"name",
                                             "steps",
                                             "batch",
                                             "patch",
                                             "loss",
                                             "supervision",
                                             "optimizer",
                                             "learning_rate",
                                             "learning_rate_min",
                                             "schedule",
                                             "steps_per_epoch",
                                             "milestones",
                                             "milestone_factor",
                                             "schedule_power",
                                             "momentum",
                                             "beta1",
                                             "beta2",
                                             "weight_decay",
                                             "gradient_norm_limit",
                                             "augmentation"};
  return keys;
}

RecipeSettings read_recipe(const core::JsonReader& block, RecipeSettings recipe,
                           const std::vector<std::string>& more) {
  auto known = recipe_keys();
  known.insert(known.end(), more.begin(), more.end());
  block.allow_only(known);
  if (const auto name = block.find("name")) recipe.name = name->label();
  read(block, "steps", recipe.steps, kPositiveCount);
  read(block, "batch", recipe.batch, {1, 65536});
  read(block, "patch", recipe.patch, {8, 4096});
  read(block, "loss", recipe.loss,
       {"mse", "l1", "half-sum-squared", "neg-ssim", "neg-psnr", "hinas-search", "hinas-training"});
  read(block, "supervision", recipe.supervision, {"all-outputs", "last-output"});
  read(block, "optimizer", recipe.optimizer, {"adam", "sgd"});
  read(block, "learning_rate", recipe.learning_rate, kRate);
  read(block, "learning_rate_min", recipe.learning_rate_min, kRate);
  read(block, "schedule", recipe.schedule,
       {"cosine", "polynomial", "exponential", "milestones", "constant"});
  read(block, "steps_per_epoch", recipe.steps_per_epoch, kPositiveCount);
  if (const auto milestones = block.find("milestones")) {
    recipe.milestones = milestones->integers(kPositiveCount);
  }
  read(block, "milestone_factor", recipe.milestone_factor, {0, 1});
  read(block, "schedule_power", recipe.schedule_power, {1e-3, 100});
  read_share(block, "momentum", recipe.momentum);
  read_share(block, "beta1", recipe.beta1);
  read_share(block, "beta2", recipe.beta2);
  read(block, "weight_decay", recipe.weight_decay, kRate);
  read(block, "gradient_norm_limit", recipe.gradient_norm_limit, {0, kInfinity});
  read(block, "augmentation", recipe.augmentation, {"flips-rotations", "as-released", "none"});
  if (recipe.steps == 0) block.fail("\"steps\", the number of weight updates");
  if (recipe.schedule == "milestones" && recipe.milestones.empty()) {
    block.fail("\"milestones\" for the schedule \"milestones\"");
  }
  check_rates(block, recipe.learning_rate, recipe.learning_rate_min, "learning_rate");
  if (recipe.schedule == "exponential" && recipe.learning_rate_min == 0) {
    (block.has("learning_rate_min") ? block.at("learning_rate_min") : block)
        .fail("a \"learning_rate_min\" above 0 for the exponential schedule");
  }
  return recipe;
}

SearchSettings read_search(const core::JsonReader& block, SearchSettings search) {
  block.allow_only({"strategy",
                    "semantics",
                    "weights",
                    "warm_up_fraction",
                    "image_budget",
                    "weight_steps_per_architecture_step",
                    "architecture_data",
                    "architecture_optimizer",
                    "architecture_learning_rate",
                    "architecture_learning_rate_min",
                    "architecture_schedule",
                    "architecture_steps_per_epoch",
                    "architecture_momentum",
                    "architecture_beta1",
                    "architecture_beta2",
                    "architecture_weight_decay",
                    "second_order_radius",
                    "architecture_batch_norm",
                    "lambda_architecture",
                    "lambda_complexity",
                    "architecture_loss_sign",
                    "architecture_loss_form",
                    "complexity_cost",
                    "candidates",
                    "population",
                    "tournament",
                    "shared_weights"});
  read(block, "strategy", search.strategy,
       {"clearer", "darts-first-order", "darts-second-order", "joint", "random", "evolution",
        "exhaustive"});
  read(block, "semantics", search.semantics, {"paper", "as-released"});
  if (const auto weights = block.find("weights")) {
    search.weights = read_recipe(*weights, search.weights);
  }
  if (search.weights.steps == 0) block.fail("\"weights\" with \"steps\"");
  read_share(block, "warm_up_fraction", search.warm_up_fraction);
  read(block, "image_budget", search.image_budget, kPositiveCount);
  read(block, "weight_steps_per_architecture_step", search.weight_steps_per_architecture_step,
       kPositiveCount);
  read_architecture_step(block, search);
  read_architecture_losses(block, search);
  read(block, "candidates", search.candidates, kPositiveCount);
  read(block, "population", search.population, kPositiveCount);
  read(block, "tournament", search.tournament, kPositiveCount);
  read(block, "shared_weights", search.shared_weights);
  check_search(block, search);
  return search;
}

Machine read_machine(const core::JsonReader& block, Machine machine) {
  block.allow_only({"device", "threads", "precision", "layout"});
  read(block, "device", machine.device, {"cpu", "cuda"});
  read(block, "threads", machine.threads, {1, 1024});
  read(block, "precision", machine.precision, {"fp32", "bf16"});
  read(block, "layout", machine.layout, {"channels_last", "nchw"});
  return machine;
}

Degradation read_degradation(const core::JsonReader& block) {
  const std::string kind = block.at("kind").one_of({"gaussian", "rain"});
  Degradation degradation{.kind = kind};
  if (kind == "rain") {
    block.allow_only({"kind"});
    degradation.noise = "none";
    return degradation;
  }
  block.allow_only({"kind", "sigma", "noise"});
  degradation.sigma_8bit = block.at("sigma").number({0.1, 255});
  read(block, "noise", degradation.noise, {"awgn-float", "clearer-uint8"});
  return degradation;
}

TaskData read_task_data(const core::JsonReader& block) {
  block.allow_only({"train", "test", "note"});
  TaskData data;
  if (const auto train = block.find("train")) data.train = read_selection(*train);
  for (const auto& element : block.at("test").elements()) {
    data.test.push_back(read_selection(element));
  }
  if (data.test.empty()) block.at("test").fail("at least one test set");
  if (const auto note = block.find("note")) data.note = note->text();
  return data;
}

}  // namespace bench::runner
