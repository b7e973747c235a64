#include "metrics/scoring/summary.h"

#include <algorithm>

#include "metrics/score.h"
#include "metrics/statistics/t_test.h"

namespace bench::scoring {
namespace {

std::string reason_for_no_interval(const metrics::Protocol& protocol, const ColumnSummary& summary,
                                   std::span<const double> weights) {
  if (summary.identical > 0) return "a score is infinite";
  if (summary.n < 2) return "one image has no spread";
  if (protocol.aggregation == metrics::Aggregation::kMseMean) {
    return "agg=mse-mean is not a mean of the images' scores";
  }
  const bool weigh_alike = std::all_of(weights.begin(), weights.end(),
                                       [&](double weight) { return weight == weights.front(); });
  return weigh_alike ? "" : "images hold different numbers of patches";
}

ColumnSummary summary_of(const metrics::Protocol& protocol, std::span<const double> scores,
                         std::span<const double> weights, double confidence) {
  const auto set = metrics::score_of_set(protocol, scores, weights);
  ColumnSummary summary;
  summary.n = set.images;
  summary.value = set.value;
  summary.identical = set.identical_images;
  summary.why_no_interval = reason_for_no_interval(protocol, summary, weights);
  if (summary.identical > 0) return summary;
  const auto of_mean = statistics::summarize(scores, confidence);
  summary.deviation = of_mean.deviation;
  if (summary.why_no_interval.empty()) summary.interval = of_mean.interval;
  return summary;
}

}  // namespace

std::vector<ColumnSummary> summaries(std::span<const Column> columns,
                                     std::span<const PairScores> pairs, double confidence) {
  std::vector<ColumnSummary> all;
  for (std::size_t place = 0; place < columns.size(); ++place) {
    std::vector<double> scores, weights;
    for (const auto& pair : pairs) {
      scores.push_back(pair.scores[place]);
      weights.push_back(pair.weights[place]);
    }
    all.push_back(summary_of(columns[place].protocol, scores, weights, confidence));
  }
  return all;
}

}  // namespace bench::scoring
