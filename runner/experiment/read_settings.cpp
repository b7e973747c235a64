#include "runner/experiment/read_settings.h"

#include <limits>

namespace bench::runner {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Range kPositiveCount{1, 1e9};
constexpr Range kCount{0, 1e9};
constexpr Range kRate{0, 1e3};

// Each reads one optional key into a field of the field's type.
void read(const JsonReader& block, const char* key, std::int64_t& field, Range range) {
  if (const auto value = block.find(key)) field = value->integer(range);
}
void read(const JsonReader& block, const char* key, double& field, Range range) {
  if (const auto value = block.find(key)) field = value->number(range);
}
void read(const JsonReader& block, const char* key, bool& field) {
  if (const auto value = block.find(key)) field = value->boolean();
}
void read(const JsonReader& block, const char* key, std::string& field,
          const std::vector<std::string>& choices) {
  if (const auto value = block.find(key)) field = value->one_of(choices);
}

DataSelection read_selection(const JsonReader& block) {
  block.allow_only({"set", "split", "count"});
  DataSelection selection{.set = block.at("set").label()};
  if (const auto split = block.find("split")) selection.split = split->label();
  read(block, "count", selection.count, kPositiveCount);
  return selection;
}

}  // namespace

SpaceSettings read_space(const JsonReader& block, SpaceSettings space) {
  block.allow_only(
      {"channels", "modules", "global_residual", "initialization", "order", "fusion_exchange"});
  if (const auto channels = block.find("channels")) {
    space.channels = channels->integers({1, 4096});
    if (space.channels.empty() || space.channels.size() > 4) {
      channels->fail("1 to 4 channel counts, one a resolution");
    }
  }
  if (const auto modules = block.find("modules")) space.modules = modules->integers({1, 64});
  if (space.modules.size() != space.channels.size()) {
    block.fail("as many \"modules\" (stem, then one cell a further resolution) as \"channels\"");
  }
  read(block, "global_residual", space.global_residual);
  read(block, "initialization", space.initialization, {"released", "kaiming"});
  read(block, "order", space.order, {"transition-first", "transition-last"});
  read(block, "fusion_exchange", space.fusion_exchange);
  return space;
}

const std::vector<std::string>& recipe_keys() {
  static const std::vector<std::string> keys{
      "name",           "steps",         "batch",
      "patch",          "loss",          "supervision",
      "optimiser",      "learning_rate", "learning_rate_min",
      "schedule",       "milestones",    "milestone_factor",
      "schedule_power", "momentum",      "beta1",
      "beta2",          "weight_decay",  "gradient_norm_limit",
      "augmentation"};
  return keys;
}

RecipeSettings read_recipe(const JsonReader& block, RecipeSettings recipe,
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
  read(block, "optimiser", recipe.optimiser, {"adam", "sgd"});
  read(block, "learning_rate", recipe.learning_rate, kRate);
  read(block, "learning_rate_min", recipe.learning_rate_min, kRate);
  read(block, "schedule", recipe.schedule, {"cosine", "polynomial", "milestones", "constant"});
  if (const auto milestones = block.find("milestones")) {
    recipe.milestones = milestones->integers(kPositiveCount);
  }
  read(block, "milestone_factor", recipe.milestone_factor, {0, 1});
  read(block, "schedule_power", recipe.schedule_power, {1e-3, 100});
  read(block, "momentum", recipe.momentum, {0, 1});
  read(block, "beta1", recipe.beta1, {0, 1});
  read(block, "beta2", recipe.beta2, {0, 1});
  read(block, "weight_decay", recipe.weight_decay, kRate);
  read(block, "gradient_norm_limit", recipe.gradient_norm_limit, {0, kInfinity});
  read(block, "augmentation", recipe.augmentation, {"flips-rotations", "as-released", "none"});
  if (recipe.steps == 0) block.fail("\"steps\", how many weight updates to make");
  return recipe;
}

SearchSettings read_search(const JsonReader& block, SearchSettings search) {
  block.allow_only({"strategy", "semantics", "weights", "warm_up_fraction",
                    "weight_steps_per_architecture_step", "architecture_learning_rate",
                    "architecture_beta1", "architecture_beta2", "architecture_weight_decay",
                    "architecture_batch_norm", "lambda_architecture", "lambda_complexity",
                    "architecture_loss_sign", "architecture_loss_form", "complexity_cost"});
  read(block, "strategy", search.strategy,
       {"clearer", "darts-first-order", "darts-second-order", "joint", "random", "evolution",
        "exhaustive"});
  read(block, "semantics", search.semantics, {"paper", "as-released"});
  if (const auto weights = block.find("weights")) {
    search.weights = read_recipe(*weights, search.weights);
  }
  read(block, "warm_up_fraction", search.warm_up_fraction, {0, 1});
  read(block, "weight_steps_per_architecture_step", search.weight_steps_per_architecture_step,
       kPositiveCount);
  read(block, "architecture_learning_rate", search.architecture_learning_rate, kRate);
  read(block, "architecture_beta1", search.architecture_beta1, {0, 1});
  read(block, "architecture_beta2", search.architecture_beta2, {0, 1});
  read(block, "architecture_weight_decay", search.architecture_weight_decay, kRate);
  read(block, "architecture_batch_norm", search.architecture_batch_norm, {"eval", "train"});
  read(block, "lambda_architecture", search.lambda_architecture, {0, kInfinity});
  read(block, "lambda_complexity", search.lambda_complexity, {0, kInfinity});
  read(block, "architecture_loss_sign", search.architecture_loss_sign, {-1, 1});
  read(block, "architecture_loss_form", search.architecture_loss_form,
       {"natural-log", "log10-mean"});
  read(block, "complexity_cost", search.complexity_cost, {"constants", "parameters", "macs"});
  if (search.weights.steps == 0) block.fail("\"weights\" with \"steps\"");
  return search;
}

Machine read_machine(const JsonReader& block, Machine machine) {
  block.allow_only({"device", "threads", "precision", "layout"});
  read(block, "device", machine.device, {"cpu", "cuda"});
  read(block, "threads", machine.threads, {1, 1024});
  read(block, "precision", machine.precision, {"fp32", "bf16"});
  read(block, "layout", machine.layout, {"channels_last", "nchw"});
  return machine;
}

Degradation read_degradation(const JsonReader& block) {
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

TaskData read_task_data(const JsonReader& block) {
  block.allow_only({"train", "test", "note"});
  TaskData data{.train = read_selection(block.at("train"))};
  for (const auto& element : block.at("test").elements()) {
    data.test.push_back(read_selection(element));
  }
  if (data.test.empty()) block.at("test").fail("at least one test set");
  if (const auto note = block.find("note")) data.note = note->text();
  return data;
}

}  // namespace bench::runner
