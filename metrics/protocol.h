#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "metrics/eight_bit.h"
#include "metrics/ssim.h"

namespace bench::metrics {

enum class Metric { kPsnr, kSsim, kMsSsim, kMae };

/// Which planes are compared. A gray image is compared as it is, whatever the space.
enum class ColorSpace {
  kRgb,              ///< `rgb`: all planes; PSNR and MAE over all samples at once
  kChannelMean,      ///< `channel-mean`: the mean of the three channels' own scores
  kRed,              ///< `r`
  kGreen,            ///< `g`
  kBlue,             ///< `b`
  kLumaLimited,      ///< `y-bt601-limited`: 16 .. 235, not rounded (Matlab on double)
  kLumaLimited8Bit,  ///< `y-bt601-limited-u8`: the same rounded (Matlab on uint8)
  kLumaFull,         ///< `y-bt601-full`: 0 .. 255, not rounded
  kLumaFull8Bit,     ///< `y-bt601-full-u8`: the same rounded (OpenCV)
  kPilL,             ///< `pil-l`: Pillow's convert("L")
};

/// From the scores of images (or patches) to the score of a set.
enum class Aggregation {
  kImageMean,  ///< `image-mean`: mean of the images' scores
  kPatchMean,  ///< `patch-mean`: mean over all patches of all images
  kMseMean,    ///< `mse-mean`: PSNR of the mean over images of their squared error
};

enum class SelfEnsemble {
  kNone,  ///< one pass
  kX8,    ///< mean of the eight flips and rotations, before any clipping or rounding
};

/// How the degraded images were made noisy. Rankings depend on it.
enum class NoiseModel {
  kGiven,             ///< `given`: the degraded images are taken as found
  kAwgnFloat,         ///< `awgn-float`: Gaussian, neither clipped nor rounded
  kAwgnClipTruncate,  ///< `awgn-clip-truncate`: clipped to [0, 255] and truncated to uint8
  kAwgnClipRound,     ///< `awgn-clip-round`: clipped and rounded to uint8
};

/// How a score is defined: all that must be equal before two scores may be compared.
/// The members that do not concern the metric keep their defaults; `require_valid` checks it.
struct Protocol {
  Metric metric = Metric::kPsnr;
  ColorSpace space = ColorSpace::kRgb;
  /// Of the restored image. Unless kNone, the target is rounded to nearest 8 bit as well.
  Rounding rounding = Rounding::kNone;
  bool clip = true;         ///< restored values brought into [0, 1]; must be true when rounding
  int crop = 0;             ///< pixels cut from each side, of what `multiple` left
  int multiple = 1;         ///< first cropped, at the center, to sides that are multiples of it
  double peak = 255.0;      ///< PSNR only; on the 8-bit scale
  double mse_offset = 0.0;  ///< PSNR only: added to the squared error, on the 8-bit scale
  Window window = Window::kGaussian11;              ///< SSIM only
  Padding padding = Padding::kValid;                ///< SSIM only
  Covariance covariance = Covariance::kPopulation;  ///< SSIM only
  bool wang_downsample = false;                     ///< SSIM only
  Aggregation aggregation = Aggregation::kImageMean;
  int patch = 0;   ///< side in pixels, with kPatchMean only
  int stride = 0;  ///< pixels from patch to patch, with kPatchMean only; no partial patches
  SelfEnsemble self_ensemble = SelfEnsemble::kNone;
  NoiseModel noise = NoiseModel::kGiven;

  friend bool operator==(const Protocol&, const Protocol&) = default;
};

/// A text is not a protocol, or a Protocol's members contradict each other.
class InvalidProtocol : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Two scores of unlike definition were to be compared.
class ProtocolMismatch : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// \throws InvalidProtocol naming the member that does not fit the others.
void require_valid(const Protocol& protocol);

/// The canonical text, such as `psnr(space=y-bt601-limited,round=u8,crop=0,agg=image-mean)`:
/// space, round, crop, (for SSIM window and pad,) agg always, the others where they differ from
/// the default; one text for each protocol. docs/protocols.md lists the keys.
std::string to_string(const Protocol& protocol);

/// Inverse of `to_string`; keys in any order, absent keys have their defaults.
/// \throws InvalidProtocol naming what is wrong, what is allowed there and, for a misspelt word,
/// the nearest right one.
Protocol parse_protocol(std::string_view text);

/// Returns if the protocols are equal.
/// \throws ProtocolMismatch naming both, each member that differs, and the closed form between the
/// two where one exists (limited against full-range luma: 20 log10(255/219) = 1.322 dB).
void require_same_protocol(const Protocol& a, const Protocol& b);

/// The same for a table's column, a test or a mean: the first unlike one is named with its place.
void require_same_protocol(std::span<const Protocol> protocols);

}  // namespace bench::metrics
