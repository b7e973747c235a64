#include "verdicts/claims/judge_value.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/text/number.h"
#include "metrics/statistics/sample.h"
#include "metrics/statistics/t_test.h"

namespace bench::verdicts {

namespace {

struct Named {
  Verdict verdict;
  const char* name;
};

constexpr std::array kNames = {Named{Verdict::kReproduced, "reproduced"},
                               Named{Verdict::kWithinRounding, "within rounding"},
                               Named{Verdict::kWithinSeedNoise, "within seed noise"},
                               Named{Verdict::kWithinMargin, "within the margin"},
                               Named{Verdict::kReproducedUnstated, "reproduced (unstated)"},
                               Named{Verdict::kContradicted, "contradicted"},
                               Named{Verdict::kNotTestable, "not testable here"}};

}  // namespace

std::span<const Verdict> all_verdicts() {
  static constexpr auto kAll = [] {
    std::array<Verdict, kNames.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = kNames[i].verdict;
    return all;
  }();
  return kAll;
}

std::string to_string(Verdict verdict) {
  for (const auto& one : kNames) {
    if (one.verdict == verdict) return one.name;
  }
  return "";
}

Verdict verdict_named(const std::string& name) {
  for (const auto& one : kNames) {
    if (one.name == name) return one.verdict;
  }
  return Verdict::kNotTestable;
}

double usual_margin(const std::string& metric) {
  if (metric == "psnr") return 0.1;
  return metric == "ssim" || metric == "ms-ssim" ? 0.002 : 0.0;
}

namespace {

// One of the last printed digit.
double unit_of(const PrintedNumber& published) {
  return std::pow(10.0, -published.digits);
}

// What the margin says where nothing finer does.
std::string margin_text(const PrintedNumber& published, Verdict verdict) {
  if (published.margin == 0.0 || verdict == Verdict::kWithinSeedNoise) return "";
  return (verdict == Verdict::kWithinMargin ? ", and the difference is within "
                                            : ", and the difference is beyond ") +
         text::exact(published.margin) + ", the margin for a re-implementation";
}

void judge_by_spread(const PrintedNumber& published, std::span<const double> seed_means,
                     JudgedNumber& judged) {
  const auto summary = statistics::summarize(seed_means);
  // The printed number has the spread of its own draws beside that of the mean measured here.
  const double n = static_cast<double>(summary.n);
  const double wider = std::sqrt(1.0 + n / static_cast<double>(published.draws));
  const double half_width =
      0.5 * (summary.interval->high - summary.interval->low) * wider + 0.5 * unit_of(published);
  const double difference = summary.mean - published.value;
  const bool holds_zero = std::abs(difference) <= half_width;
  judged.verdict = holds_zero                                 ? Verdict::kWithinSeedNoise
                   : std::abs(difference) <= published.margin ? Verdict::kWithinMargin
                                                              : Verdict::kContradicted;
  const int digits = published.digits + 1;
  judged.reason = "the 95 % interval of the difference, " +
                  text::with_sign(difference - half_width, digits) + " to " +
                  text::with_sign(difference + half_width, digits) + ", rounding included, " +
                  (holds_zero ? "contains zero" : "does not contain zero") +
                  margin_text(published, judged.verdict);
}

}  // namespace

int decimals_of(const std::string& printed) {
  const auto point = printed.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
}

Chance chance_of(bool trained, bool noisy, bool noise_each_seed) {
  if (!trained && !noisy) return Chance::kNone;
  return trained && noisy && !noise_each_seed ? Chance::kSharedNoise : Chance::kEachSeed;
}

int draws_stated(const std::string& seeds) {
  int draws = 0;
  const char* const last = seeds.data() + seeds.size();
  const auto [end, code] = std::from_chars(seeds.data(), last, draws);
  return code == std::errc() && end == last && draws > 0 ? draws : 1;
}

JudgedNumber judge_number(const PrintedNumber& published, std::span<const double> seed_means,
                          Chance chance) {
  const double mean = statistics::mean(seed_means);
  const double difference = mean - published.value;
  JudgedNumber judged{.measured = text::fixed(mean, published.digits),
                      .difference = text::with_sign(difference, published.digits + 1)};
  if (judged.measured == text::fixed(published.value, published.digits)) {
    judged.verdict = Verdict::kReproduced;
    judged.reason = "equal when rounded as in the source";
  } else if (std::abs(difference) < unit_of(published)) {
    judged.verdict = Verdict::kWithinRounding;
    judged.reason = "differs by less than one unit of the last printed digit";
  } else if (chance == Chance::kNone) {
    judged.verdict =
        std::abs(difference) <= published.margin ? Verdict::kWithinMargin : Verdict::kContradicted;
    judged.reason = "differs by more than rounding, and the measurement does not depend on chance" +
                    margin_text(published, judged.verdict);
  } else if (seed_means.size() < 2) {
    judged.reason = "differs by more than rounding, but one draw gives no spread to judge it by";
  } else if (chance == Chance::kSharedNoise) {
    judged.reason =
        "differs by more than rounding, but all seeds share one draw of the test noise, whose "
        "spread "
        "is unknown";
  } else {
    judge_by_spread(published, seed_means, judged);
  }
  return judged;
}

}  // namespace bench::verdicts
