#include "runner/study/verdicts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "core/text/number.h"
#include "metrics/statistics/table_standing.h"
#include "runner/study/value_verdict.h"
#include "verdicts/claims/judge_value.h"

namespace bench::runner {
namespace {

using reports::ClaimVerdict;
using reports::Study;

// Scores by seed and image, without the infinite ones: identical images have no difference.
using ScoresBySeed = std::map<std::int64_t, std::map<std::string, double>>;

ScoresBySeed scores_by_seed(const Study& study, const std::string& contestant, const Claim& claim) {
  ScoresBySeed scores;
  for (const auto& score : study.scores) {
    if (score.contestant != contestant || score.task != claim.task ||
        score.protocol != claim.protocol || !std::isfinite(score.value)) {
      continue;
    }
    scores[score.seed][score.data_set + "/" + score.image] = score.value;
  }
  return scores;
}

// The images that every seed of both sides has.
std::vector<std::string> images_of_all(const ScoresBySeed& a, const ScoresBySeed& b) {
  std::vector<std::string> images;
  if (a.empty() || b.empty()) return images;
  for (const auto& [image, value] : a.begin()->second) {
    const auto has_it = [&image = image](const auto& seed) { return seed.second.contains(image); };
    if (std::all_of(a.begin(), a.end(), has_it) && std::all_of(b.begin(), b.end(), has_it)) {
      images.push_back(image);
    }
  }
  return images;
}

std::map<std::int64_t, std::string> architectures(const Study& study,
                                                  const std::string& contestant) {
  std::map<std::int64_t, std::string> found;
  for (const auto& fact : study.architectures) {
    // Genotypes of cells have no modules that could be counted.
    const bool letters = fact.architecture.find_first_not_of("PF|") == std::string::npos;
    if (fact.contestant == contestant && letters) found[fact.seed] = fact.architecture;
  }
  return found;
}

void judge_distance(const Claim& claim, const Study& study, ClaimVerdict& verdict) {
  const auto a = architectures(study, claim.contestant), b = architectures(study, claim.other);
  double sum = 0;
  std::size_t pairs = 0, modules = 0;
  for (const auto& [seed, letters] : a) {
    const auto other = b.find(seed);
    if (other == b.end() || other->second.size() != letters.size()) continue;
    modules = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] == '|') continue;
      ++modules;
      sum += letters[i] != other->second[i] ? 1 : 0;
    }
    ++pairs;
  }
  if (pairs == 0) return;
  const double mean = sum / static_cast<double>(pairs);
  verdict.measured = text::fixed(mean, 1) + " of " + std::to_string(modules) +
                     " modules (mean of " + std::to_string(pairs) +
                     (pairs == 1 ? " seed)" : " seeds)");
  // Shares of all modules: spaces differ in size. Half of them is what chance gives.
  const double share = mean / static_cast<double>(modules);
  const double spread = 0.5 / std::sqrt(static_cast<double>(modules));
  const bool near = std::abs(share - claim.value) <= 2 * spread;
  verdict.verdict = near ? to_string(verdicts::Verdict::kWithinSeedNoise)
                         : to_string(verdicts::Verdict::kContradicted);
  verdict.reason = "the share of differing modules is " + text::fixed(share, 2) + ", published " +
                   text::fixed(claim.value, 2) + "; two seeds of one task can differ as much";
}

// Every metric but the mean absolute error grows with quality.
bool lower_is_better(const std::string& protocol) {
  return protocol.starts_with("mae(");
}

statistics::MethodRow row_of(const std::string& id, const Experiment& experiment,
                             const ScoresBySeed& scores, const std::vector<std::string>& images) {
  statistics::MethodRow row{.name = id};
  for (const auto& [seed, by_image] : scores) {
    row.seeds.push_back(seed);
    auto& values = row.by_seed.emplace_back();
    for (const auto& image : images) values.push_back(by_image.at(image));
  }
  const auto contestant = std::find_if(experiment.contestants.begin(), experiment.contestants.end(),
                                       [&](const Contestant& one) { return one.id == id; });
  row.is_trained = contestant != experiment.contestants.end() && is_trained(*contestant);
  return row;
}

// An order speaks of methods: seeds and images are both samples.
void judge_order(const Claim& claim, const Experiment& experiment, const Study& study,
                 ClaimVerdict& verdict) {
  const auto a = scores_by_seed(study, claim.contestant, claim);
  const auto b = scores_by_seed(study, claim.other, claim);
  const auto images = images_of_all(a, b);
  if (images.size() < 2) return;
  const auto comparison = statistics::compare_rows(row_of(claim.contestant, experiment, a, images),
                                                   row_of(claim.other, experiment, b, images));
  verdict.measured = text::fixed(comparison.mean_difference, 3);
  if (!comparison.refusal.empty()) {
    verdict.reason = "one seed of a trained contestant has no spread to judge an order by";
    return;
  }
  verdict.measured += " (p = " + text::fixed(comparison.p, 4) +
                      ", n = " + std::to_string(images.size()) + " images)";
  constexpr double kLevel = 0.05;
  if (comparison.p > kLevel) {
    verdict.verdict = to_string(verdicts::Verdict::kWithinSeedNoise);
    verdict.reason = "the two are not significantly different over seeds and images";
  } else {
    const bool better = lower_is_better(claim.protocol) != (comparison.mean_difference > 0);
    verdict.verdict = better ? to_string(verdicts::Verdict::kReproduced)
                             : to_string(verdicts::Verdict::kContradicted);
    verdict.reason = "significantly different over seeds and images (5 % level)";
  }
}

ClaimVerdict unjudged(const Claim& claim) {
  ClaimVerdict verdict{.id = claim.id,
                       .statement = claim.statement,
                       .source = claim.source,
                       .published = claim.published,
                       .measured = "",
                       .verdict = to_string(verdicts::Verdict::kNotTestable),
                       .reason = "nothing was measured that could test it"};
  verdict.contestant = claim.contestant;
  verdict.task = claim.task;
  verdict.protocol = claim.protocol;
  verdict.metric = claim.metric;
  verdict.note = claim.note;
  if (claim.kind == "value") {
    verdict.data_set = claim.set;
    verdict.value = claim.value;
    verdict.digits = verdicts::decimals_of(claim.published);
  }
  return verdict;
}

ClaimVerdict judge_claim(const Claim& claim, const Experiment& experiment, const Profile& profile,
                         const Study& study) {
  ClaimVerdict verdict = unjudged(claim);
  if (claim.kind == "distance") {
    judge_distance(claim, study, verdict);
  } else if (claim.kind == "better") {
    judge_order(claim, experiment, study, verdict);
  } else {
    judge_value(claim, experiment, profile, study, verdict);
  }
  const std::string untestable = to_string(verdicts::Verdict::kNotTestable);
  if (!claim.why_not.empty()) {
    verdict.reason = claim.why_not;
  } else if (!profile.tests_claims && verdict.verdict != untestable) {
    verdict.reason = "not comparable: data and budget of profile \"" + profile.name +
                     "\" differ from the source";
  } else {
    return verdict;
  }
  verdict.verdict = untestable;
  return verdict;
}

}  // namespace

std::vector<ClaimVerdict> verdicts(const Experiment& experiment, const Profile& profile,
                                   const Study& study) {
  std::vector<ClaimVerdict> all;
  for (const auto& claim : experiment.claims) {
    all.push_back(judge_claim(claim, experiment, profile, study));
  }
  return all;
}

}  // namespace bench::runner
