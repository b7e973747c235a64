#pragma once

#include <cstddef>
#include <span>

#include "metrics/image_view.h"
#include "metrics/protocol.h"

namespace bench::metrics {

/// The score of one restored image under `protocol`: PSNR in dB, SSIM and MS-SSIM as they are,
/// MAE in gray levels of the 8-bit scale. Images have 1 (gray) or 3 (R, G, B) channels.
///
/// In this order: crop to multiples, clip and round, color space, crop the border, metric (over
/// the image or its patches). Self-ensemble and noise model name how the images were made and
/// change nothing here. SSIM is computed in double.
///
/// \param restored  floats in [0, 1], as the network gave them: clipped or not as the protocol says
/// \returns +infinity for the PSNR of identical images
/// \throws InvalidProtocol; ShapeMismatch for unlike shapes or other than 1 or 3 channels;
/// ImageTooSmall for a window, crop or patch that does not fit; std::invalid_argument for a
/// value that is not finite.
double score(const Protocol& protocol, const ByteImage& restored, const ByteImage& target);
double score(const Protocol& protocol, const FloatImage& restored, const ByteImage& target);
double score(const Protocol& protocol, const FloatImage& restored, const FloatImage& target);

/// How much an image of this size weighs in the score of its set: 1, or for kPatchMean the number
/// of its patches.
/// \throws ImageTooSmall if the crop or patch does not fit.
double image_weight(const Protocol& protocol, int height, int width);

/// The score of a set of images.
struct SetScore {
  double value;  ///< +infinity if any image's PSNR is: see `identical_images`
  std::size_t images;
  /// Images of infinite PSNR. They are neither left out of the mean nor replaced by a large
  /// number: a mean over the others would be the score of another set. Whoever wants that mean
  /// asks for it by leaving those images out by name.
  std::size_t identical_images;
};

/// \param scores   one per image, by `score`
/// \param weights  one per image, by `image_weight`; empty: all 1
/// \throws std::invalid_argument for no scores, as many weights as not, weights that are not
/// positive, or not-a-number.
///
/// kMseMean takes the squared errors back out of the PSNRs (15 digits), so that identical images
/// count as error 0 and the value is finite unless all are identical.
SetScore score_of_set(const Protocol& protocol, std::span<const double> scores,
                      std::span<const double> weights = {});

}  // namespace bench::metrics
