#pragma once

#include <cstddef>
#include <span>

#include "metrics/image_view.h"
#include "metrics/protocol.h"

namespace bench::metrics {

/// The score of one restored picture under `protocol`: PSNR in dB, SSIM and MS-SSIM as they are,
/// MAE in grey levels of the 8-bit scale. Pictures have 1 (gray) or 3 (R, G, B) channels.
///
/// In this order: crop to multiples, clip and round, colour space, crop the border, metric (over
/// the picture or its patches). Self-ensemble and noise model name how the pictures were made and
/// change nothing here. SSIM is computed in double.
///
/// \param restored  floats in [0, 1], as the network gave them: clipped or not as the protocol says
/// \returns +infinity for the PSNR of identical pictures
/// \throws InvalidProtocol; ShapeMismatch for unlike shapes or other than 1 or 3 channels;
/// PictureTooSmall for a window, crop or patch that does not fit; std::invalid_argument for a
/// value that is not finite.
double score(const Protocol& protocol, const ByteImage& restored, const ByteImage& target);
double score(const Protocol& protocol, const FloatImage& restored, const ByteImage& target);
double score(const Protocol& protocol, const FloatImage& restored, const FloatImage& target);

/// How much a picture of this size weighs in the score of its set: 1, or for kPatchMean the number
/// of its patches.
/// \throws PictureTooSmall if the crop or patch does not fit.
double picture_weight(const Protocol& protocol, int height, int width);

/// The score of a set of pictures.
struct SetScore {
  double value;  ///< +infinity if any picture's PSNR is: see `identical_pictures`
  std::size_t pictures;
  /// Pictures of infinite PSNR. They are neither left out of the mean nor replaced by a large
  /// number: a mean over the others would be the score of another set. Whoever wants that mean
  /// asks for it by leaving those pictures out by name.
  std::size_t identical_pictures;
};

/// \param scores   one per picture, by `score`
/// \param weights  one per picture, by `picture_weight`; empty: all 1
/// \throws std::invalid_argument for no scores, as many weights as not, weights that are not
/// positive, or not-a-number.
///
/// kMseMean takes the squared errors back out of the PSNRs (15 digits), so that identical pictures
/// count as error 0 and the value is finite unless all are identical.
SetScore score_of_set(const Protocol& protocol, std::span<const double> scores,
                      std::span<const double> weights = {});

}  // namespace bench::metrics
