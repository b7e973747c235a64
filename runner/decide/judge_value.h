#pragma once

#include <span>
#include <string>

namespace bench::runner {

/// What became of a published statement.
enum class Verdict { kReproduced, kWithinRounding, kWithinSeedNoise, kContradicted, kNotTestable };

/// "reproduced", "within rounding", "within seed noise", "contradicted", "not testable here".
std::string to_string(Verdict verdict);

/// A number as a source prints it: its decimals are those that the source rounds to.
struct PrintedNumber {
  double value = 0;
  int digits = 0;
};

/// Decimals of a number as printed: 2 of "28.50", 0 of "3".
int decimals_of(const std::string& printed);

struct JudgedNumber {
  std::string measured;    ///< as the source rounds
  std::string difference;  ///< measured - published, one digit more, with its sign
  Verdict verdict = Verdict::kNotTestable;
  std::string reason;
};

/// Holds the mean over `seed_means` against what is printed: reproduced if it rounds to it; within
/// rounding if it is less than one unit of the last printed digit away; within seed noise if the
/// 95 % t interval over seeds, widened by the rounding, holds the printed value; else
/// contradicted. \pre at least one finite mean
JudgedNumber judge_number(const PrintedNumber& published, std::span<const double> seed_means);

}  // namespace bench::runner
