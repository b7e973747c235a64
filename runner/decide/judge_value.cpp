#include "runner/decide/judge_value.h"

#include <cmath>
#include <cstdio>

#include "runner/fixed.h"
#include "statistics/sample.h"
#include "statistics/t_test.h"

namespace bench::runner {

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kReproduced:
      return "reproduced";
    case Verdict::kWithinRounding:
      return "within rounding";
    case Verdict::kWithinSeedNoise:
      return "within seed noise";
    case Verdict::kContradicted:
      return "contradicted";
    case Verdict::kNotTestable:
      break;
  }
  return "not testable here";
}

int decimals_of(const std::string& printed) {
  const auto point = printed.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
}

JudgedNumber judge_number(const PrintedNumber& published, std::span<const double> seed_means) {
  const double mean = statistics::mean(seed_means);
  const double unit = std::pow(10.0, -published.digits), half_unit = 0.5 * unit;
  const double difference = mean - published.value;
  JudgedNumber judged{.measured = fixed(mean, published.digits),
                      .difference = with_sign(difference, published.digits + 1),
                      .reason = ""};
  const auto conclude = [&judged](Verdict verdict, const char* reason) {
    judged.verdict = verdict;
    judged.reason = reason;
    return judged;
  };
  if (judged.measured == fixed(published.value, published.digits)) {
    return conclude(Verdict::kReproduced, "equal as the source rounds");
  }
  if (std::abs(difference) < unit) {
    return conclude(Verdict::kWithinRounding, "less than one unit of the last printed digit away");
  }
  const auto interval = statistics::summarize(seed_means).interval;
  if (!interval) {
    return conclude(Verdict::kContradicted,
                    "further away than rounding, with no spread over seeds");
  }
  const bool holds =
      interval->low - half_unit <= published.value && published.value <= interval->high + half_unit;
  return holds ? conclude(Verdict::kWithinSeedNoise,
                          "the interval over seeds holds the printed value")
               : conclude(Verdict::kContradicted, "outside the interval over seeds");
}

}  // namespace bench::runner
