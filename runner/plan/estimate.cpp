#include "runner/plan/estimate.h"

#include <algorithm>
#include <numeric>

#include "baselines/catalogue/method.h"
#include "baselines/catalogue/size.h"
#include "clearer/space/cost.h"
#include "datasets/catalogue.h"
#include "stages/exchange/settings.h"

namespace bench::runner {
namespace {

using namespace exchange;

constexpr double kStartSeconds = 0.6;  // of a LibTorch process
// Both fitted to measured steps of small nets: see docs/design.md, "Estimates".
constexpr double kSecondsPerMultiplyAdd = 6e-11;  // forward and backward
constexpr double kSecondsPerModule = 2.5e-3;      // many small operations

struct Size {
  double multiply_adds_per_pixel = 0;
  double modules = 0;
};

constexpr double kPixelsOfTheCatalogue = 64.0 * 64.0;
constexpr std::int64_t kSide = 64;  // any: the cost of a pixel hardly depends on it

double per_pixel(std::int64_t macs) {
  return static_cast<double>(macs) / kPixelsOfTheCatalogue;
}

// So many branches of modules, the stem's included.
double modules_of(const clearer::SearchSpace& space) {
  const auto branches = branches_of_positions(space);
  return static_cast<double>(
      std::accumulate(branches.begin(), branches.end(), space.modules.front()));
}

// An architecture that a search has yet to find is taken to alternate.
Size size_of(const clearer::SearchSpace& space, const std::string& letters) {
  const auto architecture = letters.empty() ? clearer::alternating_architecture(cell_sizes(space))
                                            : clearer::parse_architecture(letters);
  return {per_pixel(network_cost(space, architecture, kSide, kSide).macs), modules_of(space)};
}

Size size_of_supernet(const clearer::SearchSpace& space) {
  return {per_pixel(supernet_cost(space, kSide, kSide).macs), 2 * modules_of(space)};
}

double option(const std::map<std::string, double>& options, const char* name, double otherwise) {
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second;
}

// Rough: the frames dominate, two convolutions of 64 and two separable ones of 128 channels.
Size size_of_hinas(double features, double operations) {
  return {75e3 + operations * 20 * features * features, 20 * operations};
}

Size size_of_darts(const std::map<std::string, double>& options, const char* width,
                   double operations) {
  const double channels = option(options, width, 32);
  const double cells = option(options, "cells", 4);
  return {cells * operations * 60 * channels * channels, cells * 10 * operations};
}

// A width counts twice, in and out of each convolution; anything else how often it stands there.
double share_of(const std::string& method, const std::map<std::string, double>& options) {
  double share = 1;
  for (const auto& size : catalogue::sizes_of(method)) {
    if (size.published == 0) continue;
    const double ratio = option(options, size.name.c_str(), size.published) / size.published;
    const bool is_width = size.name == "features" || size.name == "width";
    share *= is_width ? ratio * ratio : ratio;
  }
  return share;
}

Size size_of(const NetworkSettings& network) {
  if (network.kind == "clearer") return size_of(network.space, network.architecture);
  if (network.kind != "network") return {};
  if (network.method == "hinas") return size_of_hinas(option(network.options, "features", 20), 1);
  if (network.method == "darts_cell") return size_of_darts(network.options, "node_channels", 1);
  constexpr double kModulesOfABaseline = 10;
  for (const auto& method : catalogue::catalogue()) {
    if (method.name != network.method || !method.multiply_adds_64x64) continue;
    const double published = per_pixel(*method.multiply_adds_64x64);
    return {published * share_of(network.method, network.options), kModulesOfABaseline};
  }
  const double features = option(network.options, "features", 64);
  const double depth = option(network.options, "depth", 17);
  return {9 * features * features * depth, depth / 2};
}

// A supernet computes every operation on every edge, HiNAS's three widths of each layer besides.
Size size_of_supernet(const SearchStage& stage) {
  constexpr double kMoreEdges = 14.0 / 8;
  if (stage.method.empty()) return size_of_supernet(stage.space);
  if (stage.method == "hinas") {
    return size_of_hinas(option(stage.options, "search_features", 10), 3 * 7 * kMoreEdges);
  }
  // Four of DARTS's eight operations convolve.
  return size_of_darts(stage.options, "search_node_channels", 4 * kMoreEdges);
}

// Passages through the supernet for each weight step: its own, and those of the architecture.
// Candidates are single paths through it: half of it.
double passes_a_step(const clearer::SearchOptions& search) {
  if (scores_candidates(search.strategy)) return 0.5;
  const double passes = search.strategy == clearer::StrategyKind::kDartsSecondOrder ? 4 : 1;
  return 1 + passes * (1 - search.warm_up_fraction) /
                 static_cast<double>(search.weight_steps_per_architecture_step);
}

double training_seconds(const Size& size, const training::Recipe& recipe) {
  const auto pixels = static_cast<double>(recipe.batch * recipe.patch * recipe.patch);
  const double step = 3 * pixels * size.multiply_adds_per_pixel * kSecondsPerMultiplyAdd +
                      size.modules * kSecondsPerModule;
  return static_cast<double>(recipe.steps) * step;
}

double search_seconds(const SearchStage& stage) {
  const auto& weights = stage.search.weights;
  const double searched =
      passes_a_step(stage.search) * training_seconds(size_of_supernet(stage), weights);
  return kStartSeconds + searched;
}

// Of the usual test sets: about 481 x 321.
constexpr double kPixelsOfAnImage = 1.5e5;
constexpr double kImagesOfAnUnknownSet = 20;
// On one thread, measured: BM3D (NLM is not slower by much), and WNNM at sigma 25.
constexpr double kClassicalSecondsPerPixel = 2e-5;
constexpr double kWnnmSecondsPerPixel = 4e-4;

double images_of(const DataSelection& selection) {
  if (selection.count > 0) return static_cast<double>(selection.count);
  const auto manifest = datasets::committed_manifest(selection.set);
  if (!manifest) return kImagesOfAnUnknownSet;
  const auto& set = datasets::find(selection.set);
  const bool pairs = set.kind == datasets::DataSetKind::kPairs;
  const double whole = static_cast<double>(manifest->size()) / (pairs ? 2 : 1);
  const auto& split = datasets::find_split(set, selection.split);
  if (split.first_id < 0) return whole;
  return std::min(whole, static_cast<double>(split.last_id - split.first_id + 1));
}

// Of a method that is known by its name. What was trained is known to its folder only.
double seconds_per_pixel(const NetworkSettings& network) {
  if (network.kind == "classical") {
    return network.method == "wnnm" ? kWnnmSecondsPerPixel : kClassicalSecondsPerPixel;
  }
  for (const auto& method : catalogue::catalogue()) {
    if (network.kind != "network" || method.name != network.method) continue;
    return per_pixel(method.multiply_adds_64x64.value_or(0)) * kSecondsPerMultiplyAdd;
  }
  return 0;
}

double evaluation_seconds(const EvaluateStage& stage) {
  constexpr double kScoring = 1.4;
  double images = 0;
  for (const auto& test : stage.task.test) images += images_of(test);
  return kStartSeconds + kScoring + images * kPixelsOfAnImage * seconds_per_pixel(stage.network);
}

}  // namespace

double estimated_seconds(const std::string& kind, const std::string& settings_json) {
  if (kind == "search") {
    return search_seconds(parse_search_stage(settings_json));
  }
  if (kind == "train") {
    const auto stage = parse_train_stage(settings_json);
    return kStartSeconds + training_seconds(size_of(stage.network), stage.recipe);
  }
  if (kind == "evaluate") return evaluation_seconds(parse_evaluate_stage(settings_json));
  return kind == "prepare" ? 1.0 : 2.0;
}

}  // namespace bench::runner
