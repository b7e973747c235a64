#include "metrics/statistics/distributions.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace bench::statistics {

double normal_cdf(double z) {
  if (std::isinf(z)) return z > 0 ? 1.0 : 0.0;
  return boost::math::cdf(boost::math::normal(), z);
}

double normal_upper_tail(double z) {
  return normal_cdf(-z);
}

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal(), p);
}

double student_t_upper_tail(double t, double degrees_of_freedom) {
  // A sample without any spread has an infinite t; Boost refuses infinities by default.
  if (std::isinf(t)) return t > 0 ? 0.0 : 1.0;
  const boost::math::students_t distribution(degrees_of_freedom);
  return boost::math::cdf(boost::math::complement(distribution, t));
}

double student_t_quantile(double p, double degrees_of_freedom) {
  return boost::math::quantile(boost::math::students_t(degrees_of_freedom), p);
}

double fair_binomial_cdf(int k, int n) {
  if (k < 0) return 0.0;
  if (k >= n) return 1.0;
  return boost::math::cdf(boost::math::binomial(n, 0.5), k);
}

}  // namespace bench::statistics
