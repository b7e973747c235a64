#include "runner/study/value_verdict.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/text/number.h"
#include "runner/experiment/task_protocol.h"
#include "verdicts/claims/judge_value.h"

namespace bench::runner {
namespace {

// Means over images, one a seed.
std::vector<double> seed_means(const reports::Study& study, const Claim& claim) {
  std::map<std::int64_t, std::pair<double, std::size_t>> sums;
  for (const auto& score : study.scores) {
    if (score.contestant != claim.contestant || score.task != claim.task ||
        score.protocol != claim.protocol || (!claim.set.empty() && score.data_set != claim.set)) {
      continue;
    }
    sums[score.seed].first += score.value;
    ++sums[score.seed].second;
  }
  std::vector<double> means;
  for (const auto& [seed, sum] : sums) means.push_back(sum.first / static_cast<double>(sum.second));
  return means;
}

// Which images were measured is not which the claim speaks of: how, "" if it is.
std::string unlike_images(const Claim& claim, const TaskData& data) {
  if (claim.set.empty()) return "";
  const auto test = std::find_if(data.test.begin(), data.test.end(),
                                 [&](const auto& selection) { return selection.set == claim.set; });
  if (test == data.test.end()) return "not evaluated on " + claim.set;
  if (!claim.split.empty() && test->split != claim.split) {
    return "published on split " + claim.split + " of " + claim.set + ", measured on split " +
           test->split;
  }
  if (test->count > 0) {
    return "only the first " + std::to_string(test->count) + " images of " + claim.set +
           " were measured";
  }
  return "";
}

std::string unlike_noise(const Claim& claim, const Degradation& degradation) {
  const double measured = degradation.sigma_8bit;
  if (!claim.sigma_8bit || std::abs(*claim.sigma_8bit - measured) < 1e-9) return "";
  return "published at sigma " + text::fixed(*claim.sigma_8bit, 0) + ", measured at sigma " +
         text::fixed(measured, 0);
}

std::string unlike_protocol(const Claim& claim, const std::vector<std::string>& measured) {
  if (std::find(measured.begin(), measured.end(), claim.protocol) != measured.end()) return "";
  return claim.protocol + " was not measured";
}

std::string why_untestable(const Claim& claim, const Experiment& experiment,
                           const Profile& profile) {
  if (!claim.why_not.empty()) return claim.why_not;
  const Degradation& degradation = task_of(experiment, claim.task).degradation;
  const std::string reasons[] = {
      unlike_noise(claim, degradation), unlike_images(claim, profile.data.at(claim.task)),
      unlike_protocol(claim, protocols_on(experiment.protocols, degradation))};
  for (const auto& reason : reasons) {
    if (!reason.empty()) return reason;
  }
  return "";
}

verdicts::Chance chance_of_claim(const Claim& claim, const Experiment& experiment,
                                 const Profile& profile) {
  const auto contestant =
      std::find_if(experiment.contestants.begin(), experiment.contestants.end(),
                   [&](const Contestant& one) { return one.id == claim.contestant; });
  const bool trained = contestant != experiment.contestants.end() && is_trained(*contestant);
  const bool noisy = task_of(experiment, claim.task).degradation.kind == "gaussian";
  return verdicts::chance_of(trained, noisy, profile.test_noise == TestNoise::kEachSeed);
}

}  // namespace

void judge_value(const Claim& claim, const Experiment& experiment, const Profile& profile,
                 const reports::Study& study, reports::ClaimVerdict& verdict) {
  const std::string why_not = why_untestable(claim, experiment, profile);
  const auto means = seed_means(study, claim);
  const bool is_measured =
      !means.empty() &&
      std::all_of(means.begin(), means.end(), [](double mean) { return std::isfinite(mean); });
  if (is_measured) {
    const auto judged = verdicts::judge_number(
        {claim.value, verdict.digits, verdicts::draws_stated(claim.seeds), claim.margin}, means,
        chance_of_claim(claim, experiment, profile));
    verdict.measured = judged.measured;
    verdict.difference = judged.difference;
    verdict.verdict = to_string(judged.verdict);
    verdict.reason = judged.reason + ", " + std::to_string(means.size()) +
                     (means.size() == 1 ? " seed" : " seeds");
  }
  if (why_not.empty()) return;
  verdict.verdict = to_string(verdicts::Verdict::kNotTestable);
  verdict.reason = why_not;
}

}  // namespace bench::runner
