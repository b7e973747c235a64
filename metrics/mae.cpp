#include "metrics/mae.h"

#include "metrics/image_pair.h"
#include "metrics/sample_errors.h"

namespace bench::metrics {
namespace {

template <typename Sample>
double mae_of(const ImageView<Sample>& restored, const ImageView<Sample>& target) {
  require_image_pair("mean_absolute_error", restored, target);
  return sum_of_absolute_errors(restored.samples, target.samples) /
         static_cast<double>(target.samples.size());
}

}  // namespace

double mean_absolute_error(const ByteImage& restored, const ByteImage& target) {
  return mae_of(restored, target);
}

double mean_absolute_error(const FloatImage& restored, const FloatImage& target) {
  return mae_of(restored, target);
}

double mean_absolute_error(const DoubleImage& restored, const DoubleImage& target) {
  return mae_of(restored, target);
}

}  // namespace bench::metrics
