#pragma once

#include "metrics/planes.h"

namespace bench::metrics {

struct ImagePair {
  Planes<std::uint8_t> restored;
  Planes<std::uint8_t> target;
};

/// 1920 x 1080 RGB: smooth waves with edges, and the same with noise of about 10 gray levels. Made
/// from a formula (compare_scikit_image.py has the same one), so that both time one pair.
ImagePair full_hd_pair();

}  // namespace bench::metrics
