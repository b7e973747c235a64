#include "frozen_simulation.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "core/randomness/stream.h"
#include "verdicts/gate/cost_guard.h"

namespace bench::verdicts {
namespace {

constexpr int kRounds = 12;  // the default of bench gate cost

/// Spreads of log(latency / yardstick).
struct FrozenNoise {
  const char* name;
  double session_sd;  ///< between measurements of the same program, days apart
  double jitter_sd;   ///< between the rounds of one
  double disturbed;   ///< share of rounds that something else slows by 2 to 30 %
};

constexpr std::array kNoises = {
    FrozenNoise{"none, quiet rounds", 0.0, 0.01, 0.1},
    FrozenNoise{"1 %, quiet rounds", 0.01, 0.01, 0.1},
    FrozenNoise{"2 %, quiet rounds", 0.02, 0.01, 0.1},
    FrozenNoise{"5 %, quiet rounds", 0.05, 0.01, 0.1},
    FrozenNoise{"15 %, busy rounds", 0.15, 0.25, 0.0},
};

void add_rounds(double ratio, double session, const FrozenNoise& noise, randomness::Stream& stream,
                CostFigures& figures) {
  for (int i = 0; i < kRounds; ++i) {
    double log_time = session + noise.jitter_sd * stream.normal();
    if (stream.uniform() < noise.disturbed) log_time += 0.02 + 0.28 * stream.uniform();
    figures.rounds[kLatencyMs].push_back(100.0 * ratio * std::exp(log_time));
    figures.rounds[kYardstickMs].push_back(1.0);
  }
}

struct FrozenShares {
  double alarm = 0.0;
  double pass = 0.0;
};

/// Shares in percent. Measured again: as many rounds more, minutes later, in the same session.
FrozenShares frozen_shares(const FrozenNoise& noise, double margin, double ratio, bool again,
                           int trials) {
  randomness::Stream stream(2020, std::string("gate/simulation/frozen ") + noise.name +
                                      std::to_string(margin) + " " + std::to_string(ratio));
  const CostOptions options{.margin = margin};
  FrozenShares shares;
  for (int t = 0; t < trials; ++t) {
    CostBaseline baseline{.subject = "net"}, candidate{.subject = "net"};
    add_rounds(1.0, noise.session_sd * stream.normal(), noise, stream, baseline.figures);
    const double session = noise.session_sd * stream.normal();
    add_rounds(ratio, session, noise, stream, candidate.figures);
    auto verdict = decide_frozen(baseline, candidate, options).verdict;
    if (again && verdict != GateVerdict::kPass) {
      add_rounds(ratio, session, noise, stream, candidate.figures);
      verdict = decide_frozen(baseline, candidate, options).verdict;
    }
    if (verdict == GateVerdict::kRegression) shares.alarm += 100.0 / trials;
    if (verdict == GateVerdict::kPass) shares.pass += 100.0 / trials;
  }
  return shares;
}

void print_row(const FrozenNoise& noise, double margin, bool again, int trials) {
  std::printf("| %s | %.0f %%%s |", noise.name, 100 * margin, again ? ", re-measured" : "");
  for (const double ratio : {1.0, 1.1, 1.2, 1.5}) {
    std::printf(" %.1f %% |", frozen_shares(noise, margin, ratio, again, trials).alarm);
  }
  std::printf(" %.1f %% | %.1f %% |\n", frozen_shares(noise, margin, 1.2, again, trials).pass,
              frozen_shares(noise, margin, 1.0, again, trials).pass);
}

constexpr const char* kFrozenText = R"(
## Latency against a frozen file

`bench gate cost --baseline FILE`: 12 rounds now against 12 rounds of another day, each divided by its
yardstick. What differs between two measurements of the same program as a whole (another day, other
neighbors, another layout of memory) is in no interval, since one file is one draw of it: the margin
must hold it, and only a rise that is surely above the margin is an alarm. "Apart" is its standard
deviation. Quiet rounds: 1 % of jitter, one in ten slowed by 2 to 30 %. Busy rounds: 25 % of jitter, as five measurements of DnCNN-S (96 x 96, 12 rounds each)
had on a server with 14 ready processes on 4 cores; their medians, divided by the yardstick, were
15 % apart: a short yardstick slips through gaps in which a long latency does not fit.

| measurements apart | margin | false alarms (A/A) | at +10 % | at +20 % | at +50 % | green at +20 % | green at no change |
|---|---|--:|--:|--:|--:|--:|--:|
)";

constexpr const char* kFrozenReading = R"(
- A margin of three times what measurements of one program are apart keeps false alarms below 1 %.
  Freeze the figures of one program twice, some hours apart, to know what that is; or measure both
  sides interleaved, which has no such term.
- On a busy server that margin is near half of the time, and a method half as slow again mostly passes
  by. There only counts (parameters, MACs, activation bytes) are worth holding against a file.
- Measuring again in the same session buys rounds, not another session: it does not cure this.
)";

}  // namespace

void print_frozen_costs(int trials) {
  std::fputs(kFrozenText, stdout);
  for (const auto& noise : kNoises) {
    for (const double margin : {0.05, 0.15}) print_row(noise, margin, false, trials);
  }
  print_row(kNoises[3], 0.15, true, trials);
  print_row(kNoises[4], 0.45, false, trials);
  std::fputs(kFrozenReading, stdout);
}

}  // namespace bench::verdicts
