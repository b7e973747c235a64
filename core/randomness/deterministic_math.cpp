#include "core/randomness/deterministic_math.h"

#include <cmath>

namespace bench::randomness {
namespace {

constexpr double kLn2 = 0.693147180559945309417232121458;
constexpr double kSqrtHalf = 0.707106781186547524400844362105;
// Pi/2 in two parts (Cody and Waite): k * kHalfPiHigh is exact for |k| < 2^20.
constexpr double kHalfPiHigh = 1.57079632673412561417e+00;
constexpr double kHalfPiLow = 6.07710050650619224932e-11;

// Taylor series on |x| <= pi/4: the first term left out is below 1e-18.
double sine_near_zero(double x) {
  const double square = x * x;
  double sum = 0.0;
  for (int k = 19; k >= 3; k -= 2) {
    sum = (1.0 + sum) * (-square / static_cast<double>(k * (k - 1)));
  }
  return x * (1.0 + sum);
}

double cosine_near_zero(double x) {
  const double square = x * x;
  double sum = 0.0;
  for (int k = 20; k >= 2; k -= 2) {
    sum = (1.0 + sum) * (-square / static_cast<double>(k * (k - 1)));
  }
  return 1.0 + sum;
}

double sine_of_quarter_turns(double angle, long quarter_turns_ahead) {
  const double turns = std::floor(angle / (kHalfPiHigh + kHalfPiLow) + 0.5);
  const double rest = (angle - turns * kHalfPiHigh) - turns * kHalfPiLow;
  switch ((static_cast<long>(turns) + quarter_turns_ahead) & 3) {
    case 0:
      return sine_near_zero(rest);
    case 1:
      return cosine_near_zero(rest);
    case 2:
      return -sine_near_zero(rest);
    default:
      return -cosine_near_zero(rest);
  }
}

}  // namespace

double deterministic_log(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < kSqrtHalf) {
    mantissa *= 2.0;
    --exponent;
  }
  // log m = 2 artanh((m - 1) / (m + 1)), |z| <= 0.172: z^24 / 25 is below 1e-19.
  const double z = (mantissa - 1.0) / (mantissa + 1.0);
  const double square = z * z;
  double sum = 0.0;
  for (int k = 23; k >= 1; k -= 2) sum = sum * square + 1.0 / static_cast<double>(k);
  return static_cast<double>(exponent) * kLn2 + 2.0 * z * sum;
}

double deterministic_sin(double angle) {
  return sine_of_quarter_turns(angle, 0);
}

double deterministic_cos(double angle) {
  return sine_of_quarter_turns(angle, 1);
}

}  // namespace bench::randomness
