#include "verdicts/compare/measured_scores.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace bench::verdicts {
namespace {

template <typename Value>
void require_unique(const std::string& what, const std::vector<Value>& values) {
  std::set<Value> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!seen.insert(values[i]).second) {
      throw GateError(what + "[" + std::to_string(i) +
                      "] repeats an earlier one; each stands once");
    }
  }
}

std::string direction_name(statistics::Direction direction) {
  return direction == statistics::Direction::kHigherIsBetter ? "higher is better"
                                                             : "lower is better";
}

void require_alike(const std::string& what, const std::string& baseline,
                   const std::string& candidate) {
  if (baseline == candidate) return;
  throw GateError("gate: the baseline's " + what + " is \"" + baseline + "\", the candidate's \"" +
                  candidate + "\". Scores of unlike kinds are not compared: measure both alike");
}

}  // namespace

void require_whole(const std::string& which, const MeasuredScores& measured) {
  require_unique(which + ": images", measured.images);
  require_unique(which + ": seeds", measured.seeds);
  if (measured.scores.size() != measured.seeds.size()) {
    throw GateError(which + ": expected one row of scores a seed (" +
                    std::to_string(measured.seeds.size()) + "), got " +
                    std::to_string(measured.scores.size()));
  }
  for (std::size_t s = 0; s < measured.scores.size(); ++s) {
    const auto& row = measured.scores[s];
    const std::string where = which + ": scores of seed " + std::to_string(measured.seeds[s]);
    if (row.size() != measured.images.size()) {
      throw GateError(where + ": expected " + std::to_string(measured.images.size()) +
                      " images, got " + std::to_string(row.size()));
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (std::isfinite(row[i])) continue;
      throw GateError(where + ", image \"" + measured.images[i] + "\": not a finite number (" +
                      std::to_string(row[i]) + ")");
    }
  }
}

MeasuredScores aligned_to(const MeasuredScores& baseline, const MeasuredScores& candidate) {
  require_alike("protocol", baseline.protocol, candidate.protocol);
  require_alike("unit", baseline.unit, candidate.unit);
  require_alike("direction", direction_name(baseline.direction),
                direction_name(candidate.direction));
  std::map<std::string, std::size_t> position;
  for (std::size_t i = 0; i < candidate.images.size(); ++i) position[candidate.images[i]] = i;
  std::vector<std::size_t> order;
  for (const auto& image : baseline.images) {
    const auto found = position.find(image);
    if (found == position.end()) {
      throw GateError("gate: the candidate has no score of image \"" + image +
                      "\" that the baseline has. Measure the whole test set");
    }
    order.push_back(found->second);
    position.erase(found);
  }
  if (!position.empty()) {
    throw GateError("gate: the baseline has no score of image \"" + position.begin()->first +
                    "\" that the candidate has. Renew the baseline if the test set has changed");
  }
  MeasuredScores aligned = candidate;
  aligned.images = baseline.images;
  for (std::size_t s = 0; s < candidate.scores.size(); ++s) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      aligned.scores[s][i] = candidate.scores[s][order[i]];
    }
  }
  return aligned;
}

MeasuredScores with_more_seeds(const MeasuredScores& first, const MeasuredScores& second) {
  require_whole("first measurement", first);
  require_whole("second measurement", second);
  const MeasuredScores added = aligned_to(first, second);
  MeasuredScores together = first;
  for (std::size_t s = 0; s < added.seeds.size(); ++s) {
    if (std::find(first.seeds.begin(), first.seeds.end(), added.seeds[s]) != first.seeds.end()) {
      throw GateError("gate: seed " + std::to_string(added.seeds[s]) +
                      " was measured before. Re-measure with fresh seeds");
    }
    together.seeds.push_back(added.seeds[s]);
    together.scores.push_back(added.scores[s]);
  }
  return together;
}

}  // namespace bench::verdicts
