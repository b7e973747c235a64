#include "datasets/degradation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "datasets/normal_noise.h"

namespace bench::datasets {
namespace {

constexpr std::string_view kAwgnName = "awgn-float";
constexpr std::string_view kTruncatedName = "awgn-clip-truncate";
constexpr std::string_view kOldTruncatedName = "clearer-uint8";  // in earlier versions

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

[[noreturn]] void refuse(std::string_view text, const std::string& found) {
  throw std::invalid_argument("degradation \"" + std::string(text) +
                              "\": expected \"paired\", \"awgn-float(sigma=S)\" or "
                              "\"awgn-clip-truncate(sigma=S)\" with 0 < S <= 255, found " +
                              found);
}

// CLEARER's code clips to [0, 255] and casts to uint8, which truncates (paper: nothing is said).
float clipped_and_truncated(float noisy) {
  const float scaled = std::clamp(noisy * 255.0F, 0.0F, 255.0F);
  return static_cast<float>(static_cast<int>(scaled)) / 255.0F;
}

}  // namespace

std::string to_string(const Degradation& degradation) {
  if (degradation.kind == DegradationKind::kPaired) return "paired";
  const auto name = degradation.kind == DegradationKind::kAwgnFloat ? kAwgnName : kTruncatedName;
  return std::string(name) + "(sigma=" + number_text(degradation.sigma_8bit) + ")";
}

Degradation parse_degradation(std::string_view text) {
  if (text == "paired") return {};
  constexpr std::string_view kMiddle = "(sigma=";
  const std::size_t open = text.find('(');
  const std::string_view name = text.substr(0, open);
  if (name != kAwgnName && name != kTruncatedName && name != kOldTruncatedName) {
    refuse(text, "the unknown kind \"" + std::string(name) + "\"");
  }
  if (open == std::string_view::npos || !text.substr(open).starts_with(kMiddle) ||
      !text.ends_with(')')) {
    refuse(text, "no \"(sigma=S)\"");
  }
  const std::string_view number =
      text.substr(open + kMiddle.size(), text.size() - open - kMiddle.size() - 1);
  double sigma = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), sigma);
  if (error != std::errc{} || end != number.data() + number.size() || !(sigma > 0.0) ||
      !(sigma <= 255.0)) {
    refuse(text, "sigma \"" + std::string(number) + "\"");
  }
  return {name == kAwgnName ? DegradationKind::kAwgnFloat : DegradationKind::kAwgnClipTruncate,
          sigma};
}

randomness::Stream noise_stream(std::uint64_t seed, std::string_view image_name,
                                double sigma_8bit) {
  return {seed, "noise/" + number_text(sigma_8bit) + "/" + std::string(image_name)};
}

void degrade_in_place(std::span<float> values, const Degradation& degradation,
                      randomness::Stream& stream) {
  if (degradation.kind == DegradationKind::kPaired) return;
  const auto sigma = static_cast<float>(degradation.sigma_8bit / 255.0);
  // Blocks keep the normal numbers in the first cache level; the sequence does not depend on it.
  std::array<float, 1024> normal;
  for (std::size_t start = 0; start < values.size(); start += normal.size()) {
    const std::size_t count = std::min(normal.size(), values.size() - start);
    fill_standard_normal(stream, std::span(normal).first(count));
    float* block = values.data() + start;
    for (std::size_t i = 0; i < count; ++i) block[i] += sigma * normal[i];
    if (degradation.kind == DegradationKind::kAwgnClipTruncate) {
      std::transform(block, block + count, block, clipped_and_truncated);
    }
  }
}

FloatImage degrade(const Image& clean, const Degradation& degradation, randomness::Stream& stream) {
  if (degradation.kind == DegradationKind::kPaired) {
    throw std::invalid_argument(
        "degrade: expected a noise model, got \"paired\": the data set holds the degraded image");
  }
  require_whole(clean, "degrade");
  FloatImage noisy = to_float(clean);
  degrade_in_place(noisy.samples, degradation, stream);
  return noisy;
}

}  // namespace bench::datasets
