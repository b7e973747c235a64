// How often gates cry wolf, and how often they see a true loss. Prints a Markdown document.

#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>

#include "frozen_simulation.h"
#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/signed_rank.h"
#include "rival_rules.h"
#include "simulated_scores.h"
#include "verdicts/gate/cost_decision.h"
#include "verdicts/gate/decision.h"

namespace bench::verdicts {
namespace {

constexpr std::size_t kImages = 68;
constexpr int kTrials = 1000;

/// One simulated comparison of accuracy.
struct Trial {
  MeasuredScores baseline;
  MeasuredScores candidate;
  MeasuredScores second_measurement;  ///< of the candidate, fresh seeds
  SeedRole role;
};

std::vector<double> flattened_losses(const MeasuredScores& measured) {
  std::vector<double> values;
  for (const auto& row : measured.scores) {
    // Rivals take lower as better.
    for (const double score : row) values.push_back(-score);
  }
  return values;
}

std::vector<double> loss_means(const MeasuredScores& measured) {
  std::vector<double> means;
  for (const auto& row : measured.scores) means.push_back(-statistics::mean(row));
  return means;
}

GateVerdict gate_verdict(const Trial& trial) {
  return decide(trial.baseline, trial.candidate, trial.role).verdict;
}

GateVerdict gate_verdict_measured_twice(const Trial& trial) {
  const auto first = decide(trial.baseline, trial.candidate, trial.role);
  if (trial.role != SeedRole::kIndependentTrainings || !wants_second_measurement(first)) {
    return first.verdict;
  }
  return decide(trial.baseline, with_more_seeds(trial.candidate, trial.second_measurement),
                trial.role)
      .verdict;
}

bool asv_rule(const Trial& trial, double factor) {
  // The factor compares errors, which PSNR in dB is the logarithm of: 10^(-dB / 10).
  const auto before = flattened_losses(trial.baseline), after = flattened_losses(trial.candidate);
  return asv_alarms(before, after, std::pow(10.0, statistics::median(before) / 10.0),
                    std::pow(10.0, statistics::median(after) / 10.0), factor);
}

bool naive_wilcoxon_rule(const Trial& trial) {
  const auto after = flattened_losses(trial.candidate);
  auto before = flattened_losses(trial.baseline);
  before.resize(after.size());  // as many seeds as the candidate has
  const auto differences = statistics::paired_differences(after, before);
  return statistics::signed_rank_test(differences,
                                      {.alternative = statistics::Alternative::kGreater})
             .p < 0.005;
}

/// Shares of trials, in percent.
struct Shares {
  double alarm = 0.0;
  double pass = 0.0;
};

using VerdictRule = std::function<GateVerdict(const Trial&)>;

VerdictRule two_valued(std::function<bool(const Trial&)> alarms) {
  return [alarms = std::move(alarms)](const Trial& trial) {
    return alarms(trial) ? GateVerdict::kRegression : GateVerdict::kPass;
  };
}

struct NamedRule {
  std::string name;
  VerdictRule verdict;
};

std::vector<NamedRule> accuracy_rules() {
  return {
      {"**bench gate**", gate_verdict},
      {"**bench gate, re-measured once**", gate_verdict_measured_twice},
      {"asv: factor 1.1 and Mann-Whitney p < .002",
       two_valued([](const Trial& trial) { return asv_rule(trial, 1.1); })},
      {"asv's test without its factor",
       two_valued([](const Trial& trial) { return asv_rule(trial, 1.0); })},
      {"Google Benchmark compare: U test, alpha .05", two_valued([](const Trial& trial) {
         return google_benchmark_alarms(flattened_losses(trial.baseline),
                                        flattened_losses(trial.candidate));
       })},
      {"z-score of 5 on means of seeds", two_valued([](const Trial& trial) {
         return z_score_alarms(loss_means(trial.baseline), loss_means(trial.candidate));
       })},
      {"mean lower by more than 0.05 dB", two_valued([](const Trial& trial) {
         return statistics::mean(loss_means(trial.candidate)) >
                statistics::mean(loss_means(trial.baseline)) + 0.05;
       })},
      {"paired Wilcoxon p < .005, seeds counted as images", two_valued(naive_wilcoxon_rule)},
  };
}

struct Scenario {
  std::string title;
  SeedRole role = SeedRole::kIndependentTrainings;
  double training_sd = 0.0;
  std::size_t baseline_seeds = 3;
};

Trial simulate(const Scenario& scenario, double change_db, randomness::Stream& stream) {
  const ScoreNoise noise{.training_sd = scenario.training_sd};
  const auto images = normal_effects(kImages, stream);
  const auto draw = [&](std::size_t seeds, double change, std::int64_t first_seed) {
    return simulated_scores(images, seeds, change, noise, stream, first_seed);
  };
  return {.baseline = draw(scenario.baseline_seeds, 0.0, 1),
          .candidate = draw(3, change_db, 1),
          .second_measurement = draw(3, change_db, 4),
          .role = scenario.role};
}

/// Shares of all rules on the same trials.
std::vector<Shares> shares_of(const std::vector<NamedRule>& rules, const Scenario& scenario,
                              double change_db) {
  randomness::Stream stream(2020, "gate/simulation/" + scenario.title + std::to_string(change_db));
  std::vector<Shares> shares(rules.size());
  for (int t = 0; t < kTrials; ++t) {
    const Trial trial = simulate(scenario, change_db, stream);
    for (std::size_t r = 0; r < rules.size(); ++r) {
      const GateVerdict verdict = rules[r].verdict(trial);
      if (verdict == GateVerdict::kRegression) shares[r].alarm += 100.0 / kTrials;
      if (verdict == GateVerdict::kPass) shares[r].pass += 100.0 / kTrials;
    }
  }
  return shares;
}

void print_header(const std::string& title, const std::array<std::string, 5>& columns) {
  std::printf("\n### %s\n\n| rule |", title.c_str());
  for (const auto& column : columns) std::printf(" %s |", column.c_str());
  std::printf(" green at no change |\n|---|--:|--:|--:|--:|--:|--:|\n");
}

void print_rows(const std::vector<std::string>& names,
                const std::vector<std::vector<Shares>>& by_change) {
  for (std::size_t r = 0; r < names.size(); ++r) {
    std::printf("| %s |", names[r].c_str());
    for (const auto& shares : by_change) std::printf(" %.1f %% |", shares[r].alarm);
    std::printf(" %.1f %% | %.1f %% |\n", by_change[2][r].pass, by_change[0][r].pass);
  }
}

void print_accuracy(const Scenario& scenario) {
  auto rules = accuracy_rules();
  if (scenario.role == SeedRole::kEvaluationOnly) {
    // Fixed weights have nothing to train again.
    rules.erase(rules.begin() + 1);
  }
  print_header(scenario.title, {"false alarms (A/A)", "at -0.05 dB", "at -0.1 dB", "at -0.3 dB",
                                "green at -0.1 dB"});
  std::vector<std::vector<Shares>> by_change;
  for (const double change : {0.0, -0.05, -0.1, -0.3}) {
    by_change.push_back(shares_of(rules, scenario, change));
  }
  std::vector<std::string> names;
  for (const auto& rule : rules) names.push_back(rule.name);
  print_rows(names, by_change);
}

/// One simulated comparison of times: rounds, and as many measured after them.
struct CostTrial {
  std::vector<CostRound> rounds;
  std::vector<CostRound> later_rounds;
};

using CostRule = std::function<GateVerdict(const CostTrial&)>;

struct NamedCostRule {
  std::string name;
  CostRule verdict;
};

enum class Order { kInterleaved, kOneAfterTheOther };

/// A rule on two unpaired samples of times.
template <typename Alarms>
CostRule unpaired(Order order, Alarms alarms) {
  return [order, alarms](const CostTrial& trial) {
    const auto& later = order == Order::kInterleaved ? trial.rounds : trial.later_rounds;
    std::vector<double> before, after;
    for (const auto& round : trial.rounds) before.push_back(round.baseline);
    for (const auto& round : later) after.push_back(round.candidate);
    return alarms(before, after) ? GateVerdict::kRegression : GateVerdict::kPass;
  };
}

std::vector<NamedCostRule> cost_rules() {
  using Values = std::vector<double>;
  const auto asv = [](const Values& a, const Values& b) {
    return asv_alarms(a, b, statistics::median(a), statistics::median(b), 1.1);
  };
  const auto u_test = [](const Values& a, const Values& b) {
    return google_benchmark_alarms(a, b);
  };
  const auto z_score = [](const Values& a, const Values& b) { return z_score_alarms(a, b); };
  return {
      {"**bench gate** (margin 5 %)",
       [](const auto& trial) { return decide_cost("latency", trial.rounds).verdict; }},
      {"asv: factor 1.1 and Mann-Whitney p < .002", unpaired(Order::kInterleaved, asv)},
      {"asv, sides one after the other", unpaired(Order::kOneAfterTheOther, asv)},
      {"Google Benchmark compare: U test, alpha .05", unpaired(Order::kInterleaved, u_test)},
      {"Google Benchmark, sides one after the other", unpaired(Order::kOneAfterTheOther, u_test)},
      {"z-score of 5", unpaired(Order::kInterleaved, z_score)},
      {"z-score of 5, sides one after the other", unpaired(Order::kOneAfterTheOther, z_score)}};
}

/// Twice as many rounds, cut in the middle: the drift goes on from the first half to the second.
CostTrial simulate_cost(std::size_t rounds, double ratio, randomness::Stream& stream) {
  CostTrial trial{.rounds = simulated_rounds(2 * rounds, ratio, {}, stream), .later_rounds = {}};
  const auto middle = trial.rounds.begin() + static_cast<std::ptrdiff_t>(rounds);
  trial.later_rounds.assign(middle, trial.rounds.end());
  trial.rounds.erase(middle, trial.rounds.end());
  return trial;
}

void print_cost(std::size_t rounds) {
  const auto rules = cost_rules();
  print_header("Latency, " + std::to_string(rounds) + " interleaved rounds",
               {"false alarms (A/A)", "at +5 %", "at +10 %", "at +20 %", "green at +10 %"});
  std::vector<std::vector<Shares>> by_change;
  for (const double ratio : {1.0, 1.05, 1.10, 1.20}) {
    randomness::Stream stream(
        2020, "gate/simulation/cost" + std::to_string(rounds) + " " + std::to_string(ratio));
    std::vector<Shares> shares(rules.size());
    for (int t = 0; t < kTrials; ++t) {
      const CostTrial trial = simulate_cost(rounds, ratio, stream);
      for (std::size_t r = 0; r < rules.size(); ++r) {
        const GateVerdict verdict = rules[r].verdict(trial);
        if (verdict == GateVerdict::kRegression) shares[r].alarm += 100.0 / kTrials;
        if (verdict == GateVerdict::kPass) shares[r].pass += 100.0 / kTrials;
      }
    }
    by_change.push_back(shares);
  }
  std::vector<std::string> names;
  for (const auto& rule : rules) names.push_back(rule.name);
  print_rows(names, by_change);
}

constexpr const char* kIntroduction = R"(# The gate, validated by simulation

Made by `build/release/tests/verdicts/gate_simulation > docs/results/gate_simulation.md` (source:
tests/verdicts/gate/simulation.cpp); the random streams are named, so the same program prints the same
numbers. A cell is the share of 1,000 trials that raised an alarm. Standard error: 0.3 points at
1 %, 1.6 points at 50 %.

## Accuracy: 68 images x 3 seeds a side

PSNR = 30 dB + image + training + image x training + change, all normal. Between images 2.5 dB, the
same for both sides; image x training 0.05 dB; between trainings as each heading says (0.05 to
0.18 dB is an assumption, to be replaced by a project's own spread). A/A: no change. "Green" is the
share of trials that passed: of rules with two answers, all that did not alarm. The gate runs with
its defaults: margin 0.05 dB, alarm level 0.005, pass level 0.05. "Re-measured once" trains three more seeds of the candidate unless the first three passed, and judges all six.
Rules that take two unpaired samples get all scores of a side (204 with three seeds); asv's factor
compares errors (10^(-PSNR/10)), since no loss of interest is a tenth of the decibels. On the three
means alone its test and the U test can never reach their levels.
)";

constexpr const char* kReading = R"(
### How to read it

- With fixed weights the noise is small and pairing does the work: the gate sees what unpaired tests
  cannot, because 2.5 dB between images hide any loss from them.
- Between trainings, three seeds a side are few: no rule that keeps its false alarms at 1 % sees
  -0.05 dB. The gate then says *inconclusive* where others are green; the last two columns show
  how seldom it claims that nothing was lost, and how seldom wrongly. Its explanation names the
  seeds that would do. More baseline seeds, and measuring the candidate a second time, buy power.
- Counting seeds as images, or a bare threshold, sees more at -0.05 dB and alarms at no change in
  up to two trials in five.
- z = 5 on three values is no five-sigma rule: a deviation of three values is so uncertain that A/A
  alarms in more than 1 %.

## Latency

100 ms with a drift that both sides of a round meet (step 3 %, mean-reverting), 1 % of jitter a
measurement, and one measurement in ten slowed by 2 to 30 %. The rivals get two samples:
the same interleaved measurements, or the baseline's, and then as many of the candidate, as their
tools take them unless told otherwise. Interleaving is what keeps the U test's false alarms down.
)";

}  // namespace
}  // namespace bench::verdicts

int main() {
  using namespace bench::verdicts;
  std::fputs(kIntroduction, stdout);
  print_accuracy(
      {.title = "Fixed weights, 3 draws of the input noise", .role = SeedRole::kEvaluationOnly});
  for (const double training_sd : {0.05, 0.10, 0.18}) {
    char title[80];
    std::snprintf(title, sizeof title, "3 trainings a side, %.2f dB between trainings",
                  training_sd);
    print_accuracy({.title = title, .training_sd = training_sd});
  }
  print_accuracy({.title = "10 baseline trainings, 3 of the candidate, 0.05 dB between trainings",
                  .training_sd = 0.05,
                  .baseline_seeds = 10});
  std::fputs(kReading, stdout);
  print_cost(10);
  print_cost(30);
  print_frozen_costs(kTrials);
  return 0;
}
