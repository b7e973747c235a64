#include "clearer/search/candidate_search.h"

#include <torch/types.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "training/gradients.h"
#include "training/module_state.h"
#include "training/precision.h"

namespace bench::clearer {
namespace {

constexpr double kNoLoss = std::numeric_limits<double>::quiet_NaN();

SearchOptions checked(const SearchOptions& options, const SearchSpace& space,
                      const ScoreFunction& score, bool has_supernet) {
  validate(options, space);
  if (!score) throw std::invalid_argument("search: this strategy needs a score function");
  if (options.shared_weights && !has_supernet) {
    throw std::invalid_argument("search: shared_weights needs a supernet, found none");
  }
  return options;
}

/// Certain probabilities of one architecture, in the form of a trajectory.
std::vector<std::vector<double>> pairs_of(const Architecture& architecture) {
  std::vector<std::vector<double>> pairs;
  for (const auto kind : flattened(architecture)) {
    const bool fusion = kind == ModuleKind::kFusion;
    pairs.push_back({fusion ? 0.0 : 1.0, fusion ? 1.0 : 0.0});
  }
  return pairs;
}

}  // namespace

CandidateSearch::CandidateSearch(const SearchSpace& space, const SearchOptions& options,
                                 Supernet supernet, SearchBatches batches, ScoreFunction score)
    : space_(space),
      options_(checked(options, space, score, !supernet.is_empty())),
      steps_per_epoch_(steps_per_epoch(options_)),
      supernet_(std::move(supernet)),
      batches_(std::move(batches)),
      score_(std::move(score)) {
  result_.architecture = to_string(uniform_architecture(cell_sizes(space_), ModuleKind::kParallel));
  if (!options_.shared_weights) return;
  passes_ = std::make_unique<SupernetPasses>(supernet_, options_);
  weights_ = supernet_->parameters();
  training::set_layout(weights_, options_.weights.layout);
  weight_optimizer_ = training::make_optimizer(options_.weights.optimizer, weights_);
}

std::int64_t CandidateSearch::weight_steps() const {
  return options_.shared_weights ? options_.weights.steps : 0;
}

std::int64_t CandidateSearch::candidate_count() const {
  if (options_.strategy == StrategyKind::kExhaustive) {
    return std::int64_t{1} << searched_positions(space_);
  }
  return options_.candidates;
}

bool CandidateSearch::finished() const {
  const bool spent = options_.image_budget > 0 && result_.cost.images_seen >= options_.image_budget;
  return spent || position_ >= planned_steps();
}

SearchStepReport CandidateSearch::step() {
  const auto start = std::chrono::steady_clock::now();
  SearchStepReport report{position_, kNoLoss, kNoLoss, kNoLoss, kNoLoss};
  if (position_ < weight_steps()) {
    weight_step(report);
  } else {
    candidate_step(report);
  }
  ++position_;
  result_.cost.seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (report.step >= weight_steps()) {
    add_point(kNoLoss);
  } else if (position_ % steps_per_epoch_ == 0) {
    add_point(epoch_loss_ / static_cast<double>(steps_per_epoch_));
    epoch_loss_ = 0.0;
  }
  return report;
}

void CandidateSearch::weight_step(SearchStepReport& report) {
  const auto seed = RandomBits(options_.seed, static_cast<std::uint64_t>(position_)).next();
  const auto path = random_architecture(cell_sizes(space_), seed);
  supernet_->train();
  const auto batch = passes_->prepared(batches_.weights(position_));
  training::clear_gradients(weights_);
  const auto loss = passes_->restoration(batch, path);
  report.weight_loss = loss.item<double>();
  if (!std::isfinite(report.weight_loss)) {
    throw training::DivergenceError(position_, "L_Res");
  }
  loss.backward();
  report.gradient_norm = training::gradient_norm(weights_);
  if (!std::isfinite(report.gradient_norm)) {
    throw training::DivergenceError(position_, "weight gradient");
  }
  weight_optimizer_->step(
      training::learning_rate_at(options_.weights.schedule, position_, weight_steps()),
      training::clipping_scale(report.gradient_norm, options_.weights.gradient_norm_limit));
  epoch_loss_ += report.weight_loss;
  result_.cost.images_seen += batch.degraded.size(0);
  ++result_.cost.weight_steps;
}

void CandidateSearch::candidate_step(SearchStepReport& report) {
  const auto candidate = next_candidate();
  if (options_.shared_weights) supernet_->eval();
  const auto found = score_(candidate, options_.shared_weights ? supernet_.get() : nullptr);
  if (std::isnan(found.score)) throw training::DivergenceError(position_, "score");
  report.score = found.score;
  bool best = true;
  for (const auto& earlier : result_.scored) best = best && found.score > earlier.score;
  if (best) result_.architecture = to_string(candidate);
  result_.scored.push_back({to_string(candidate), found.score});
  result_.cost.images_seen += found.images_seen;
  ++result_.cost.evaluations;
}

Architecture CandidateSearch::next_candidate() const {
  const auto number = result_.scored.size();
  if (options_.strategy == StrategyKind::kExhaustive) {
    return every_architecture(cell_sizes(space_))[number];
  }
  RandomBits random(options_.seed ^ 0xC0FFEEULL, static_cast<std::uint64_t>(position_));
  const bool evolving = options_.strategy == StrategyKind::kEvolution &&
                        static_cast<std::int64_t>(number) >= options_.population;
  return evolving ? mutated_parent(random) : random_architecture(cell_sizes(space_), random.next());
}

Architecture CandidateSearch::mutated_parent(RandomBits& random) const {
  // The population is the youngest so many: ageing, not the score, removes (Real et al. 2019).
  const auto oldest = result_.scored.size() - static_cast<std::size_t>(options_.population);
  const ScoredArchitecture* parent = nullptr;
  for (std::int64_t i = 0; i < options_.tournament; ++i) {
    const auto drawn = random.below(static_cast<std::uint64_t>(options_.population));
    const auto& entrant = result_.scored[oldest + drawn];
    if (!parent || entrant.score > parent->score) parent = &entrant;
  }
  auto modules = flattened(parse_architecture(parent->architecture));
  auto& changed = modules[random.below(modules.size())];
  changed = changed == ModuleKind::kParallel ? ModuleKind::kFusion : ModuleKind::kParallel;
  return architecture_of(modules, cell_sizes(space_));
}

void CandidateSearch::add_point(double weight_loss) {
  if (options_.shared_weights && !training::all_finite(weights_)) {
    throw training::DivergenceError(position_ - 1, "weights");
  }
  TrajectoryPoint point;
  point.step = position_;
  point.architecture = result_.architecture;
  point.probabilities = pairs_of(parse_architecture(point.architecture));
  point.weight_loss = weight_loss;
  point.architecture_loss = kNoLoss;
  point.cost = result_.cost;
  result_.trajectory.push_back(std::move(point));
}

SearchResult CandidateSearch::result() const {
  return result_;
}

training::State CandidateSearch::state() const {
  training::State state;
  if (options_.shared_weights) {
    // What is not finite must not become a checkpoint.
    if (!training::all_finite(weights_)) throw training::DivergenceError(position_, "weights");
    training::append_module_state(*supernet_, "supernet.", state);
    weight_optimizer_->append_state("weight_optimizer.", state);
  }
  append_result(result_, state);
  state.tensors.push_back({"search.sums", torch::tensor({epoch_loss_}, torch::kFloat64)});
  state.facts["position"] = std::to_string(position_);
  state.facts["steps"] = std::to_string(planned_steps());
  return state;
}

void CandidateSearch::restore(const training::State& state) {
  if (training::count_in(state, "steps") != planned_steps()) {
    throw std::invalid_argument("restore: the state belongs to a search of " +
                                state.facts.at("steps") + " steps, this one has " +
                                std::to_string(planned_steps()));
  }
  if (options_.shared_weights) {
    training::restore_module_state(*supernet_, "supernet.", state);
    weight_optimizer_->restore_state("weight_optimizer.", state);
  }
  result_ = result_in(state);
  const auto sum = torch::zeros({1}, torch::kFloat64);
  training::copy_exactly("search.sums", training::tensor_in(state, "search.sums"), sum);
  epoch_loss_ = sum.item<double>();
  position_ = training::count_in(state, "position");
}

}  // namespace bench::clearer
