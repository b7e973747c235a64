#include "stage_files/settings.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench::stage_files {

// The library's macro keeps names, order and completeness of the fields in one line each way.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DataSelection, set, split, count)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Degradation, kind, sigma_8bit, noise)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TaskSettings, id, channels, degradation, train, test)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Machine, device, threads, precision, layout)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SpaceSettings, channels, modules, branches, stem, head,
                                   global_residual, initialization, order, fusion_exchange,
                                   normalisation, upsampling)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(NetworkSettings, kind, space, architecture, method, options,
                                   weights_file, weights_sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RecipeSettings, name, steps, batch, patch, loss, supervision,
                                   optimiser, learning_rate, learning_rate_min, schedule,
                                   milestones, milestone_factor, schedule_power, momentum, beta1,
                                   beta2, weight_decay, gradient_norm_limit, augmentation)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SearchSettings, strategy, semantics, weights, warm_up_fraction,
                                   image_budget, weight_steps_per_architecture_step,
                                   architecture_data, architecture_optimiser,
                                   architecture_learning_rate, architecture_learning_rate_min,
                                   architecture_schedule, architecture_momentum, architecture_beta1,
                                   architecture_beta2, architecture_weight_decay,
                                   architecture_batch_norm, lambda_architecture, lambda_complexity,
                                   architecture_loss_sign, architecture_loss_form, complexity_cost,
                                   candidates, population, tournament, shared_weights)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PrepareStage, task)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SearchStage, task, method, options, space, search, machine, seed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainStage, task, network, recipe, machine, seed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EvaluateStage, task, network, protocols, noise_seed,
                                   keep_pictures, machine)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProfileStage, network, channels, height, width, batch,
                                   repetitions, machine)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RestoreFile, degraded, restored)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RestoreStage, network, weights, sigma_8bit, tile, overlap,
                                   drop_alpha, round_sixteen_bit, files, machine)

namespace {

using nlohmann::json;

template <typename Settings>
Settings parse(const std::string& text) {
  try {
    return json::parse(text).get<Settings>();
  } catch (const json::exception& error) {
    throw std::runtime_error(std::string("stage settings: ") + error.what());
  }
}

}  // namespace

std::string to_json(const PrepareStage& stage) {
  return json(stage).dump();
}
std::string to_json(const SearchStage& stage) {
  return json(stage).dump();
}
std::string to_json(const TrainStage& stage) {
  return json(stage).dump();
}
std::string to_json(const EvaluateStage& stage) {
  return json(stage).dump();
}
std::string to_json(const ProfileStage& stage) {
  return json(stage).dump();
}
std::string to_json(const RestoreStage& stage) {
  return json(stage).dump();
}
std::string to_json(const NetworkSettings& network) {
  return json(network).dump();
}

PrepareStage parse_prepare_stage(const std::string& text) {
  return parse<PrepareStage>(text);
}
SearchStage parse_search_stage(const std::string& text) {
  return parse<SearchStage>(text);
}
TrainStage parse_train_stage(const std::string& text) {
  return parse<TrainStage>(text);
}
EvaluateStage parse_evaluate_stage(const std::string& text) {
  return parse<EvaluateStage>(text);
}
ProfileStage parse_profile_stage(const std::string& text) {
  return parse<ProfileStage>(text);
}
RestoreStage parse_restore_stage(const std::string& text) {
  return parse<RestoreStage>(text);
}
NetworkSettings parse_network_settings(const std::string& text) {
  return parse<NetworkSettings>(text);
}

}  // namespace bench::stage_files
