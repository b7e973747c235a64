#include "metrics/psnr.h"

#include <cmath>
#include <limits>

#include "metrics/image_pair.h"
#include "metrics/sample_errors.h"

namespace bench::metrics {
namespace {

template <typename Sample>
double mse_of(const ImageView<Sample>& restored, const ImageView<Sample>& target) {
  require_image_pair("mean_squared_error", restored, target);
  return sum_of_squared_errors(restored.samples, target.samples) /
         static_cast<double>(target.samples.size());
}

}  // namespace

double psnr_db_of_mse(double mean_squared_error, double peak) {
  if (mean_squared_error == 0.0) return std::numeric_limits<double>::infinity();
  return 10.0 * std::log10(peak * peak / mean_squared_error);
}

double mse_of_psnr_db(double psnr_db, double peak) {
  return peak * peak * std::pow(10.0, -psnr_db / 10.0);
}

double mean_squared_error(const ByteImage& restored, const ByteImage& target) {
  return mse_of(restored, target);
}

double mean_squared_error(const FloatImage& restored, const FloatImage& target) {
  return mse_of(restored, target);
}

double mean_squared_error(const DoubleImage& restored, const DoubleImage& target) {
  return mse_of(restored, target);
}

double psnr_db(const FloatImage& restored, const FloatImage& target) {
  return psnr_db_of_mse(mse_of(restored, target), 1.0);
}

double psnr_db(const ByteImage& restored, const ByteImage& target) {
  return psnr_db_of_mse(mse_of(restored, target), 255.0);
}

double psnr_db(const DoubleImage& restored, const DoubleImage& target) {
  return psnr_db_of_mse(mse_of(restored, target), 255.0);
}

}  // namespace bench::metrics
