#include "metrics/statistics/crossed_comparison.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "metrics/statistics/distributions.h"
#include "metrics/statistics/hierarchical_bootstrap.h"

// A comparison is a sum of layers: the matched differences are one layer, two unmatched sides are
// two. Each layer is a [seed][image] matrix; the image means of all layers together are the image
// means of the difference.

namespace bench::statistics {
namespace {

using Rows = std::vector<std::vector<double>>;

constexpr double kNoVariance = 1e-20;  // of scores that are equal but for rounding
constexpr double kPower = 0.8;

void require_side(std::string_view name, const SeededScores& side, std::size_t images) {
  const std::string where = "crossed_comparison, " + std::string(name);
  if (side.by_seed.empty()) throw StatisticsError(where + ": needs at least one seed");
  for (std::size_t s = 0; s < side.by_seed.size(); ++s) {
    const std::string row = where + ", seed " + std::to_string(s);
    require_sample(row, side.by_seed[s], 1);
    if (side.by_seed[s].size() == images) continue;
    throw StatisticsError(row + ": expected " + std::to_string(images) + " images, got " +
                          std::to_string(side.by_seed[s].size()) +
                          ". Compare the images that both sides have");
  }
}

bool is_drawn(const SeededScores& side) {
  return side.is_trained || side.by_seed.size() > 1;
}

bool is_matched(const SeededScores& a, const SeededScores& b, Seeds seeds) {
  return seeds == Seeds::kMatched && is_drawn(a) && is_drawn(b);
}

void require_comparable(const SeededScores& a, const SeededScores& b,
                        const CrossedOptions& options) {
  require_level("crossed_comparison", options.level);
  if (a.by_seed.empty()) throw StatisticsError("crossed_comparison, a: needs at least one seed");
  require_side("a", a, a.by_seed[0].size());
  require_side("b", b, a.by_seed[0].size());
  if (options.inference == Inference::kTheseNetworks) {
    throw StatisticsError(
        "crossed_comparison: compares methods; networks as they are are compared by sign flips "
        "(joint_sign_flip_test)");
  }
  if (is_matched(a, b, options.seeds) && a.by_seed.size() != b.by_seed.size()) {
    throw StatisticsError("crossed_comparison: matched seeds need as many on both sides, got " +
                          std::to_string(a.by_seed.size()) + " and " +
                          std::to_string(b.by_seed.size()) + ". Compare the seeds they share");
  }
}

std::string refusal_of(const SeededScores& a, const SeededScores& b,
                       const CrossedOptions& options) {
  if ((a.is_trained && a.by_seed.size() < 2) || (b.is_trained && b.by_seed.size() < 2)) {
    return "one training of a method has no spread, so nothing can be said of its other "
           "trainings; train it with three seeds or more";
  }
  if (options.inference == Inference::kMethods && a.by_seed[0].size() < 2) {
    return "one image has no spread, so nothing can be said of other images";
  }
  return "";
}

double variance_of(const std::vector<double>& values) {
  const double spread = deviation(values).value_or(0.0);
  const double variance = spread * spread;
  return variance > kNoVariance ? variance : 0.0;
}

std::vector<double> means_over_images(const Rows& rows) {
  std::vector<double> means;
  for (const auto& row : rows) means.push_back(mean(row));
  return means;
}

/// Mean square of the residuals: what is left of each cell without its seed and its image.
double residual_variance(const Rows& rows) {
  const std::size_t seeds = rows.size(), images = rows[0].size();
  if (seeds < 2 || images < 2) return 0.0;
  const auto by_image = means_over_seeds(rows);
  const double all = mean(by_image);
  double squares = 0.0;
  for (const auto& row : rows) {
    const double of_seed = mean(row);
    for (std::size_t i = 0; i < images; ++i) {
      const double residual = row[i] - of_seed - by_image[i] + all;
      squares += residual * residual;
    }
  }
  const double variance = squares / static_cast<double>((seeds - 1) * (images - 1));
  return variance > kNoVariance ? variance : 0.0;
}

Rows differences(const SeededScores& a, const SeededScores& b) {
  Rows rows;
  for (std::size_t s = 0; s < a.by_seed.size(); ++s) {
    rows.push_back(paired_differences(a.by_seed[s], b.by_seed[s]));
  }
  return rows;
}

/// What a layer adds: its seed part, and its residual variance.
struct Layer {
  double seeds = 1.0;
  double seed_mean_variance = 0.0;  ///< between its seeds' means over images
  double residual = 0.0;
};

Layer layer_of(const Rows& rows) {
  return {static_cast<double>(rows.size()), variance_of(means_over_images(rows)),
          residual_variance(rows)};
}

struct Layout {
  std::vector<Layer> layers;                 ///< with more than one seed
  std::vector<double> differences_of_means;  ///< [image], each side's seeds averaged
};

Layout layout_of(const SeededScores& a, const SeededScores& b, Seeds seeds) {
  Layout layout{{}, paired_differences(means_over_seeds(a.by_seed), means_over_seeds(b.by_seed))};
  if (is_matched(a, b, seeds)) {
    layout.layers.push_back(layer_of(differences(a, b)));
    return layout;
  }
  for (const auto* side : {&a, &b}) {
    if (side->by_seed.size() < 2) continue;
    layout.layers.push_back(layer_of(Rows(side->by_seed.begin(), side->by_seed.end())));
  }
  return layout;
}

void set_parts(const Layout& layout, CrossedComparison& comparison) {
  const auto images = static_cast<double>(comparison.images);
  double residual = 0.0, residual_of_means = 0.0, seed = 0.0;
  for (const Layer& layer : layout.layers) {
    comparison.seed_parts.push_back({layer.seed_mean_variance / layer.seeds, layer.seeds - 1.0});
    seed += std::max(0.0, layer.seed_mean_variance - layer.residual / images);
    residual += layer.residual;
    residual_of_means += layer.residual / layer.seeds;
  }
  const double image_means = variance_of(layout.differences_of_means);
  comparison.components = {std::sqrt(seed),
                           std::sqrt(std::max(0.0, image_means - residual_of_means)),
                           std::sqrt(residual)};
  comparison.image_part = ErrorPart{image_means / images, std::max(1.0, images - 1.0)};
}

/// Ordinary analysis of variance: each variance is that of its mean square less the residual's.
void set_satterthwaite(const Layout& layout, double level, CrossedComparison& comparison) {
  const auto images = static_cast<double>(comparison.images);
  double variance = 0.0, squares = 0.0, residual_of_means = 0.0;
  const auto add_square = [&squares](double part, double degrees) {
    squares += part * part / degrees;
  };
  for (const Layer& layer : layout.layers) {
    const double of_seeds = layer.seed_mean_variance / layer.seeds;
    const double of_residual =
        comparison.image_part ? layer.residual / (layer.seeds * images) : 0.0;
    variance += std::max(0.0, of_seeds - of_residual) + of_residual;
    residual_of_means += of_residual;
    add_square(of_seeds, layer.seeds - 1.0);
    if (of_residual > 0.0) add_square(of_residual, (layer.seeds - 1.0) * (images - 1.0));
  }
  if (comparison.image_part) {
    variance += std::max(0.0, comparison.image_part->variance - residual_of_means);
    add_square(comparison.image_part->variance, comparison.image_part->degrees);
  }
  comparison.standard_error = std::sqrt(variance);
  if (squares > 0.0) comparison.satterthwaite_degrees = variance * variance / squares;
  const double degrees = comparison.satterthwaite_degrees;
  const double reach =
      degrees > 0.0 ? -student_t_quantile(0.5 * level, degrees) * comparison.standard_error : 0.0;
  comparison.satterthwaite =
      Interval{comparison.mean_difference - reach, comparison.mean_difference + reach, 1.0 - level};
  const ErrorPart whole{variance, std::max(degrees, 1.0)};
  comparison.satterthwaite_p = guaranteed_p(comparison.mean_difference, {&whole, 1});
}

double p_of_part(double difference, const ErrorPart& part) {
  if (part.variance <= 0.0) return 0.0;
  return std::min(1.0, 2.0 * student_t_upper_tail(std::abs(difference) / std::sqrt(part.variance),
                                                  part.degrees));
}

/// log of the level at which the reach is `difference`, between two levels where it is on either
/// side: the false position, halved where one end stays (Illinois; Dowell and Jarratt 1971).
double log_level_between(double difference, std::span<const ErrorPart> parts, double low,
                         double high) {
  constexpr double kPrecision = 1e-9;
  const auto excess = [&](double log_level) {
    return std::log(guaranteed_reach(parts, std::exp(log_level)) / difference);
  };
  double at_low = excess(low), at_high = excess(high);
  int moved = 0;  // which end moved last: 1 low, -1 high
  for (int step = 0; step < 200 && high - low > kPrecision; ++step) {
    const double middle = (at_low * high - at_high * low) / (at_low - at_high);
    const double at_middle = excess(middle);
    if (std::abs(at_middle) < kPrecision) return middle;
    if (at_middle > 0.0) {
      low = middle;
      at_low = at_middle;
      if (moved == 1) at_high *= 0.5;
      moved = 1;
    } else {
      high = middle;
      at_high = at_middle;
      if (moved == -1) at_low *= 0.5;
      moved = -1;
    }
  }
  return 0.5 * (low + high);
}

/// The share of seeds and images where `one` is above `other`, for one seed's rows.
std::vector<double> shares_above(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<double> shares = paired_differences(one, other);
  for (double& share : shares) share = share > 0.0 ? 1.0 : share < 0.0 ? 0.0 : 0.5;
  return shares;
}

/// [seed of a][image]: how many of b's seeds it is above.
Rows shares_by_seed(const SeededScores& a, const SeededScores& b, bool matched) {
  Rows rows;
  for (std::size_t s = 0; s < a.by_seed.size(); ++s) {
    if (matched) {
      rows.push_back(shares_above(a.by_seed[s], b.by_seed[s]));
      continue;
    }
    Rows against_each;
    for (const auto& row : b.by_seed) against_each.push_back(shares_above(a.by_seed[s], row));
    rows.push_back(means_over_seeds(against_each));
  }
  return rows;
}

/// p with (estimate - p)^2 <= factor p (1 - p).
Interval wilson_interval(double estimate, double factor, double confidence) {
  const double center = (estimate + 0.5 * factor) / (1.0 + factor);
  const double reach =
      std::sqrt(factor * (estimate * (1.0 - estimate) + 0.25 * factor)) / (1.0 + factor);
  return {std::max(0.0, center - reach), std::min(1.0, center + reach), confidence};
}

}  // namespace

CrossedComparison crossed_comparison(const SeededScores& a, const SeededScores& b,
                                     const CrossedOptions& options) {
  require_comparable(a, b, options);
  const Layout layout = layout_of(a, b, options.seeds);
  CrossedComparison comparison{.images = a.by_seed[0].size(),
                               .seeds_a = a.by_seed.size(),
                               .seeds_b = b.by_seed.size(),
                               .mean_difference = mean(layout.differences_of_means)};
  comparison.refusal = refusal_of(a, b, options);
  if (!comparison.refusal.empty()) return comparison;
  set_parts(layout, comparison);
  if (options.inference == Inference::kMethodsOnThisTestSet) comparison.image_part.reset();
  const auto parts = error_parts(comparison);
  const double reach = guaranteed_reach(parts, options.level);
  comparison.interval = Interval{comparison.mean_difference - reach,
                                 comparison.mean_difference + reach, 1.0 - options.level};
  comparison.p = guaranteed_p(comparison.mean_difference, parts);
  set_satterthwaite(layout, options.level, comparison);
  return comparison;
}

double guaranteed_reach(std::span<const ErrorPart> parts, double level) {
  require_level("guaranteed_reach", level);
  double squares = 0.0;
  for (const ErrorPart& part : parts) {
    if (part.variance <= 0.0) continue;
    const double t = student_t_quantile(0.5 * level, part.degrees);
    squares += t * t * part.variance;
  }
  return std::sqrt(squares);
}

double guaranteed_p(double difference, std::span<const ErrorPart> parts) {
  if (difference == 0.0) return 1.0;
  std::vector<ErrorPart> varying(parts.begin(), parts.end());
  std::erase_if(varying, [](const ErrorPart& part) { return part.variance <= 0.0; });
  const double share =
      1.0 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, varying.size())));
  double low = 0.0, high = 0.0;
  for (const ErrorPart& part : varying) {
    // All parts reach further than one alone, and not as far as if each were the longest.
    low = std::max(low, p_of_part(difference, part));
    high = std::max(high, p_of_part(difference * share, part));
  }
  if (low == high || high <= 0.0) return high;
  constexpr double kLeast = 1e-300, kMost = 1.0 - 1e-12;
  if (low >= kMost) return 1.0;
  return std::exp(log_level_between(std::abs(difference), varying, std::log(std::max(low, kLeast)),
                                    std::log(std::min(high, kMost))));
}

std::vector<ErrorPart> error_parts(const CrossedComparison& comparison) {
  std::vector<ErrorPart> parts = comparison.seed_parts;
  if (comparison.image_part) parts.push_back(*comparison.image_part);
  return parts;
}

std::optional<double> detectable_difference(const CrossedComparison& comparison, std::size_t seeds,
                                            double level) {
  if (!comparison.refusal.empty() || seeds < 2) return std::nullopt;
  const auto n = static_cast<double>(seeds), images = static_cast<double>(comparison.images);
  const auto& [seed, image, residual] = comparison.components;
  std::vector<ErrorPart> parts;
  for (std::size_t side = 0; side < comparison.seed_parts.size(); ++side) {
    const double measured = static_cast<double>(
        side == 0 && comparison.seeds_a > 1 ? comparison.seeds_a : comparison.seeds_b);
    parts.push_back({comparison.seed_parts[side].variance * measured / n, n - 1.0});
  }
  double variance = seed * seed / n + residual * residual / (n * images);
  if (comparison.image_part) {
    parts.push_back({(image * image + residual * residual / n) / images, images - 1.0});
    variance += image * image / images;
  }
  if (parts.empty()) return 0.0;
  const double degrees = parts.front().degrees;
  return guaranteed_reach(parts, level) + student_t_quantile(kPower, degrees) * std::sqrt(variance);
}

std::optional<std::size_t> seeds_to_detect(const CrossedComparison& comparison, double difference,
                                           double level) {
  constexpr std::size_t kMostSeeds = 100;
  for (std::size_t seeds = 2; seeds <= kMostSeeds; ++seeds) {
    const auto detectable = detectable_difference(comparison, seeds, level);
    if (!detectable) return std::nullopt;
    if (*detectable <= std::abs(difference)) return seeds;
  }
  return std::nullopt;
}

EquivalenceTest crossed_equivalence(const CrossedComparison& comparison, double margin,
                                    double level) {
  if (!(margin > 0.0) || !std::isfinite(margin)) {
    throw StatisticsError("crossed_equivalence: expected a positive margin, got " +
                          std::to_string(margin));
  }
  const auto parts = error_parts(comparison);
  const auto above = [&parts](double distance) {
    const double half = 0.5 * guaranteed_p(distance, parts);
    return distance > 0.0 ? half : 1.0 - half;
  };
  EquivalenceTest test;
  test.p_not_below = above(comparison.mean_difference + margin);
  test.p_not_above = above(margin - comparison.mean_difference);
  test.p = std::max(test.p_not_below, test.p_not_above);
  test.equivalent = test.p <= level;
  const double reach = guaranteed_reach(parts, 2.0 * level);
  test.interval = {comparison.mean_difference - reach, comparison.mean_difference + reach,
                   1.0 - 2.0 * level};
  return test;
}

ProbabilityBetter probability_better(const SeededScores& a, const SeededScores& b,
                                     const CrossedOptions& options) {
  require_comparable(a, b, options);
  const bool matched = is_matched(a, b, options.seeds);
  const Rows of_a = shares_by_seed(a, b, matched);
  const auto by_image = means_over_seeds(of_a);
  ProbabilityBetter probability{.estimate = mean(by_image)};
  if (!refusal_of(a, b, options).empty()) return probability;
  std::vector<ErrorPart> parts;
  std::size_t scarcest = by_image.size();
  const auto add_seeds = [&](const Rows& rows) {
    if (rows.size() < 2) return;
    const auto n = static_cast<double>(rows.size());
    parts.push_back({variance_of(means_over_images(rows)) / n, n - 1.0});
    scarcest = std::min(scarcest, rows.size());
  };
  add_seeds(of_a);
  if (!matched) add_seeds(shares_by_seed(b, a, false));
  const auto images = static_cast<double>(by_image.size());
  if (options.inference == Inference::kMethods) {
    parts.push_back({variance_of(by_image) / images, images - 1.0});
  }
  const double reach = guaranteed_reach(parts, options.level);
  const double spread = probability.estimate * (1.0 - probability.estimate);
  const auto n = static_cast<double>(std::max<std::size_t>(scarcest, 2));
  const double t = student_t_quantile(0.5 * options.level, n - 1.0);
  const double factor = reach > 0.0 && spread > 0.0 ? reach * reach / spread : t * t / n;
  probability.interval = wilson_interval(probability.estimate, factor, 1.0 - options.level);
  return probability;
}

}  // namespace bench::statistics
