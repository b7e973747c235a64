#pragma once

namespace bench::statistics {

/// P(Z <= z) and P(Z > z) of the standard normal distribution (Boost.Math).
double normal_cdf(double z);
double normal_upper_tail(double z);

/// z with P(Z <= z) = p. \pre 0 < p < 1.
double normal_quantile(double p);

/// P(T > t) of Student's t. \param t may be infinite. \pre degrees_of_freedom > 0.
double student_t_upper_tail(double t, double degrees_of_freedom);

/// t with P(T <= t) = p. \pre 0 < p < 1.
double student_t_quantile(double p, double degrees_of_freedom);

/// P(X <= k) for X ~ Binomial(n, 1/2).
double fair_binomial_cdf(int k, int n);

}  // namespace bench::statistics
