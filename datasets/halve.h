#pragma once

#include "datasets/image.h"

namespace bench::datasets {

/// `image` with both sides halved, rounded up: Matlab's imresize(image, 0.5), which is bicubic
/// (Keys 1981, a = -1/2) with the kernel widened against aliasing and the image mirrored beyond
/// its border; rounded to 8 bits. At this scale each sample is a sum of 8 x 8 with weights that are
/// multiples of 1/512, so the result is exact and the same everywhere.
/// Papers that score "half-size" images do not say how they were made; this is the usual way.
Image halve(const Image& image);

}  // namespace bench::datasets
