#pragma once

#include <array>
#include <string>
#include <string_view>

#include "metrics/protocol.h"

namespace bench::metrics {

/// An enumerator and its word in a protocol's text.
template <typename Value>
struct Word {
  Value value;
  std::string_view text;
};

inline constexpr std::array kMetricWords{
    Word<Metric>{Metric::kPsnr, "psnr"}, Word<Metric>{Metric::kSsim, "ssim"},
    Word<Metric>{Metric::kMsSsim, "ms-ssim"}, Word<Metric>{Metric::kMae, "mae"}};

inline constexpr std::array kSpaceWords{
    Word<ColorSpace>{ColorSpace::kRgb, "rgb"},
    Word<ColorSpace>{ColorSpace::kChannelMean, "channel-mean"},
    Word<ColorSpace>{ColorSpace::kRed, "r"},
    Word<ColorSpace>{ColorSpace::kGreen, "g"},
    Word<ColorSpace>{ColorSpace::kBlue, "b"},
    Word<ColorSpace>{ColorSpace::kLumaLimited, "y-bt601-limited"},
    Word<ColorSpace>{ColorSpace::kLumaLimited8Bit, "y-bt601-limited-u8"},
    Word<ColorSpace>{ColorSpace::kLumaFull, "y-bt601-full"},
    Word<ColorSpace>{ColorSpace::kLumaFull8Bit, "y-bt601-full-u8"},
    Word<ColorSpace>{ColorSpace::kPilL, "pil-l"}};

inline constexpr std::array kRoundingWords{Word<Rounding>{Rounding::kNone, "none"},
                                           Word<Rounding>{Rounding::kRound, "u8"},
                                           Word<Rounding>{Rounding::kTruncate, "truncate"}};

inline constexpr std::array kClipWords{Word<bool>{true, "yes"}, Word<bool>{false, "no"}};

inline constexpr std::array kWindowWords{
    Word<Window>{Window::kGaussian11, "gaussian11"}, Word<Window>{Window::kUniform7, "uniform7"},
    Word<Window>{Window::kGaussian11Float32, "gaussian11-f32"}};

inline constexpr std::array kPaddingWords{Word<Padding>{Padding::kValid, "valid"},
                                          Word<Padding>{Padding::kZero, "zero"},
                                          Word<Padding>{Padding::kReplicate, "replicate"}};

inline constexpr std::array kCovarianceWords{
    Word<Covariance>{Covariance::kPopulation, "population"},
    Word<Covariance>{Covariance::kSample, "sample"}};

inline constexpr std::array kDownsampleWords{Word<bool>{false, "no"}, Word<bool>{true, "wang"}};

inline constexpr std::array kAggregationWords{
    Word<Aggregation>{Aggregation::kImageMean, "image-mean"},
    Word<Aggregation>{Aggregation::kPatchMean, "patch-mean"},
    Word<Aggregation>{Aggregation::kMseMean, "mse-mean"}};

inline constexpr std::array kEnsembleWords{Word<SelfEnsemble>{SelfEnsemble::kNone, "none"},
                                           Word<SelfEnsemble>{SelfEnsemble::kX8, "x8"}};

inline constexpr std::array kNoiseWords{
    Word<NoiseModel>{NoiseModel::kGiven, "given"},
    Word<NoiseModel>{NoiseModel::kAwgnFloat, "awgn-float"},
    Word<NoiseModel>{NoiseModel::kAwgnClipTruncate, "awgn-clip-truncate"},
    Word<NoiseModel>{NoiseModel::kAwgnClipRound, "awgn-clip-round"}};

template <typename Value, std::size_t kCount>
std::string_view word_of(const std::array<Word<Value>, kCount>& words, Value value) {
  for (const auto& word : words) {
    if (word.value == value) return word.text;
  }
  return "?";
}

}  // namespace bench::metrics
