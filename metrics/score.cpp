#include "metrics/score.h"

#include <cmath>
#include <string>
#include <type_traits>
#include <utility>

#include "metrics/crop.h"
#include "metrics/image_pair.h"
#include "metrics/luma.h"
#include "metrics/mae.h"
#include "metrics/ms_ssim.h"
#include "metrics/psnr.h"
#include "metrics/ssim.h"

namespace bench::metrics {
namespace {

/// A view, and its samples where somebody had to make them.
template <typename Sample>
class MaybeOwned {
 public:
  explicit MaybeOwned(const ImageView<Sample>& view) : view_(view) {}
  explicit MaybeOwned(Planes<Sample> planes) : planes_(std::move(planes)), view_(planes_.view()) {}
  MaybeOwned(const MaybeOwned&) = delete;
  MaybeOwned& operator=(const MaybeOwned&) = delete;
  // A moved vector keeps its samples where they are, so the view stays right.
  MaybeOwned(MaybeOwned&&) = default;
  MaybeOwned& operator=(MaybeOwned&&) = default;

  const ImageView<Sample>& view() const { return view_; }

 private:
  Planes<Sample> planes_;
  ImageView<Sample> view_;
};

template <typename Sample>
MaybeOwned<Sample> cropped(const ImageView<Sample>& image, const Region& region) {
  if (region == Region{0, 0, image.height, image.width}) return MaybeOwned<Sample>(image);
  return MaybeOwned<Sample>(crop(image, region));
}

template <typename Sample>
ImageView<Sample> channel_of(const ImageView<Sample>& image, int channel) {
  const auto size = static_cast<std::size_t>(image.height) * static_cast<std::size_t>(image.width);
  return {1, image.height, image.width,
          image.samples.subspan(static_cast<std::size_t>(channel) * size, size)};
}

/// The metric itself, of planes that are ready for it.
template <typename Sample>
double measured(const Protocol& protocol, const ImageView<Sample>& restored,
                const ImageView<Sample>& target) {
  switch (protocol.metric) {
    case Metric::kPsnr:
      return psnr_db_of_mse(mean_squared_error(restored, target) + protocol.mse_offset,
                            protocol.peak);
    case Metric::kSsim:
      return ssim(restored, target,
                  {.window = protocol.window,
                   .padding = protocol.padding,
                   .covariance = protocol.covariance,
                   .wang_downsample = protocol.wang_downsample});
    case Metric::kMsSsim:
      return ms_ssim(restored, target);
    case Metric::kMae:
      return mean_absolute_error(restored, target);
  }
  return 0.0;
}

template <typename Sample>
double measured_by_channel(const Protocol& protocol, const ImageView<Sample>& restored,
                           const ImageView<Sample>& target) {
  if (protocol.space != ColorSpace::kChannelMean) return measured(protocol, restored, target);
  double total = 0.0;
  for (int channel = 0; channel < target.channels; ++channel) {
    total += measured(protocol, channel_of(restored, channel), channel_of(target, channel));
  }
  return total / target.channels;
}

int places(int side, const Protocol& protocol) {
  if (side < protocol.patch) {
    throw ImageTooSmall("score: expected sides of at least " + std::to_string(protocol.patch) +
                        " pixels, the patch's, got " + std::to_string(side));
  }
  return (side - protocol.patch) / protocol.stride + 1;
}

template <typename Sample>
double measured_by_patch(const Protocol& protocol, const ImageView<Sample>& restored,
                         const ImageView<Sample>& target) {
  if (protocol.aggregation != Aggregation::kPatchMean) {
    return measured_by_channel(protocol, restored, target);
  }
  const int down = places(target.height, protocol), right = places(target.width, protocol);
  double total = 0.0;
  for (int row = 0; row < down; ++row) {
    for (int column = 0; column < right; ++column) {
      const Region region{row * protocol.stride, column * protocol.stride, protocol.patch,
                          protocol.patch};
      const auto restored_patch = crop(restored, region);
      const auto target_patch = crop(target, region);
      total += measured_by_channel(protocol, restored_patch.view(), target_patch.view());
    }
  }
  return total / (static_cast<double>(down) * right);
}

template <typename Sample>
double measured_inside_border(const Protocol& protocol, const ImageView<Sample>& restored,
                              const ImageView<Sample>& target) {
  const auto region = inside_border(target.height, target.width, protocol.crop);
  const auto restored_inside = cropped(restored, region);
  const auto target_inside = cropped(target, region);
  return measured_by_patch(protocol, restored_inside.view(), target_inside.view());
}

template <typename Sample>
double of_planes(const Protocol& protocol, const Planes<Sample>& restored,
                 const Planes<Sample>& target) {
  return measured_inside_border(protocol, restored.view(), target.view());
}

/// \param restored  bytes, or doubles on the 8-bit scale; the 8-bit spaces need bytes.
template <typename Sample>
double in_color_space(const Protocol& protocol, const ImageView<Sample>& restored,
                      const ImageView<Sample>& target) {
  if (target.channels == 1) return measured_inside_border(protocol, restored, target);
  switch (protocol.space) {
    case ColorSpace::kRgb:
    case ColorSpace::kChannelMean:
      return measured_inside_border(protocol, restored, target);
    case ColorSpace::kRed:
    case ColorSpace::kGreen:
    case ColorSpace::kBlue: {
      const int channel = static_cast<int>(protocol.space) - static_cast<int>(ColorSpace::kRed);
      return measured_inside_border(protocol, channel_of(restored, channel),
                                    channel_of(target, channel));
    }
    case ColorSpace::kLumaLimited:
      return of_planes(protocol, luma_bt601_limited(restored), luma_bt601_limited(target));
    case ColorSpace::kLumaFull:
      return of_planes(protocol, luma_bt601_full(restored), luma_bt601_full(target));
    default:
      break;
  }
  if constexpr (std::is_same_v<Sample, std::uint8_t>) {
    const auto luma = protocol.space == ColorSpace::kLumaLimited8Bit ? luma_bt601_limited_8bit
                      : protocol.space == ColorSpace::kLumaFull8Bit  ? luma_bt601_full_8bit
                                                                     : luma_pil_l;
    return of_planes(protocol, luma(restored), luma(target));
  }
  throw InvalidProtocol("score: " + to_string(protocol) +
                        " needs 8-bit images; say round=u8 or round=truncate");
}

template <typename Restored, typename Target>
void require_scorable(const Protocol& protocol, const ImageView<Restored>& restored,
                      const ImageView<Target>& target) {
  require_valid(protocol);
  require_whole("score, restored", restored);
  require_whole("score, target", target);
  const bool same_shape = restored.channels == target.channels &&
                          restored.height == target.height && restored.width == target.width;
  if (same_shape && (target.channels == 1 || target.channels == 3)) return;
  throw ShapeMismatch(
      "score: expected two images of one shape with 1 or 3 channels, got restored " +
      shape_of(restored) + " and target " + shape_of(target));
}

Planes<double> on_eight_bit_scale(const FloatImage& image, bool clip) {
  return to_eight_bit_scale(image, clip);
}

Planes<double> on_eight_bit_scale(const ByteImage& image, bool) {
  return to_eight_bit_scale(image);
}

Planes<std::uint8_t> rounded(const FloatImage& image) {
  return to_eight_bit(image, Rounding::kRound);
}

ByteImage rounded(const ByteImage& image) {
  return image;
}

template <typename Target>
double score_of_floats(const Protocol& protocol, const FloatImage& restored,
                       const ImageView<Target>& target) {
  require_scorable(protocol, restored, target);
  const auto region = center_multiple(target.height, target.width, protocol.multiple);
  const auto restored_part = cropped(restored, region);
  const auto target_part = cropped(target, region);
  if (protocol.rounding == Rounding::kNone) {
    const auto restored_levels = to_eight_bit_scale(restored_part.view(), protocol.clip);
    const auto target_levels = on_eight_bit_scale(target_part.view(), /*clip=*/false);
    return in_color_space(protocol, restored_levels.view(), target_levels.view());
  }
  const auto restored_bytes = to_eight_bit(restored_part.view(), protocol.rounding);
  const MaybeOwned<std::uint8_t> target_bytes(rounded(target_part.view()));
  return in_color_space(protocol, restored_bytes.view(), target_bytes.view());
}

}  // namespace

double score(const Protocol& protocol, const ByteImage& restored, const ByteImage& target) {
  require_scorable(protocol, restored, target);
  const auto region = center_multiple(target.height, target.width, protocol.multiple);
  const auto restored_part = cropped(restored, region);
  const auto target_part = cropped(target, region);
  return in_color_space(protocol, restored_part.view(), target_part.view());
}

double score(const Protocol& protocol, const FloatImage& restored, const ByteImage& target) {
  return score_of_floats(protocol, restored, target);
}

double score(const Protocol& protocol, const FloatImage& restored, const FloatImage& target) {
  return score_of_floats(protocol, restored, target);
}

double image_weight(const Protocol& protocol, int height, int width) {
  if (protocol.aggregation != Aggregation::kPatchMean) return 1.0;
  const auto part = center_multiple(height, width, protocol.multiple);
  const auto inside = inside_border(part.height, part.width, protocol.crop);
  return static_cast<double>(places(inside.height, protocol)) * places(inside.width, protocol);
}

}  // namespace bench::metrics
