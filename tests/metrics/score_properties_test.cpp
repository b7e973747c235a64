// Properties that hold for all images, sought to be broken by RapidCheck.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "metrics/protocol_names.h"
#include "metrics/score.h"
#include "random_images.h"

namespace bench::metrics {
namespace {

constexpr std::array kMetrics{"psnr(round=u8)",
                              "psnr(round=u8,space=y-bt601-limited)",
                              "psnr(round=u8,space=pil-l,crop=2)",
                              "psnr(round=u8,space=channel-mean)",
                              "mae(round=u8)",
                              "ssim(round=u8)",
                              "ssim(round=u8,pad=zero)",
                              "ssim(round=u8,pad=replicate,space=y-bt601-full-u8)",
                              "ssim(round=u8,window=uniform7,cov=sample)"};

Protocol any_metric() {
  return parse_protocol(kMetrics[*rc::gen::inRange<std::size_t>(0, kMetrics.size())]);
}

struct Pair {
  Planes<std::uint8_t> x, y;
};

/// Two images of one shape, 16 to 40 pixels a side, gray or RGB, of unlike noise.
Pair any_pair() {
  const int channels = *rc::gen::element(1, 3);
  const int height = *rc::gen::inRange(16, 40), width = *rc::gen::inRange(16, 40);
  return {wavy_image(channels, height, width, *rc::gen::inRange(0, 60),
                     *rc::gen::arbitrary<std::uint32_t>()),
          wavy_image(channels, height, width, *rc::gen::inRange(0, 60),
                     *rc::gen::arbitrary<std::uint32_t>())};
}

void expect_close(double a, double b) {
  RC_ASSERT(a == b || std::abs(a - b) <= 1e-10 * std::max(1.0, std::abs(a)));
}

Planes<std::uint8_t> mirrored(const Planes<std::uint8_t>& image) {
  auto mirror = image;
  for (auto row = mirror.samples.begin(); row != mirror.samples.end(); row += image.width) {
    std::reverse(row, row + image.width);
  }
  return mirror;
}

Planes<std::uint8_t> transposed(const Planes<std::uint8_t>& image) {
  auto result = zero_planes<std::uint8_t>(image.channels, image.width, image.height);
  std::size_t i = 0;
  for (int c = 0; c < image.channels; ++c) {
    for (int row = 0; row < image.height; ++row) {
      for (int column = 0; column < image.width; ++column, ++i) {
        const int at = (c * image.width + column) * image.height + row;
        result.samples[static_cast<std::size_t>(at)] = image.samples[i];
      }
    }
  }
  return result;
}

Planes<std::uint8_t> inverted(Planes<std::uint8_t> image) {
  for (auto& sample : image.samples) sample = static_cast<std::uint8_t>(255 - sample);
  return image;
}

RC_GTEST_PROP(Score, IsSymmetric, ()) {
  const auto protocol = any_metric();
  const auto [x, y] = any_pair();
  expect_close(score(protocol, x.view(), y.view()), score(protocol, y.view(), x.view()));
}

RC_GTEST_PROP(Score, IsInvariantUnderMirroringAndTransposing, ()) {
  const auto protocol = any_metric();
  const auto [x, y] = any_pair();
  const double value = score(protocol, x.view(), y.view());
  expect_close(score(protocol, mirrored(x).view(), mirrored(y).view()), value);
  expect_close(score(protocol, transposed(x).view(), transposed(y).view()), value);
}

RC_GTEST_PROP(Psnr, IsInvariantUnderInversion, ()) {
  const auto protocol = parse_protocol("psnr(round=u8)");
  const auto [x, y] = any_pair();
  expect_close(score(protocol, inverted(x).view(), inverted(y).view()),
               score(protocol, x.view(), y.view()));
}

RC_GTEST_PROP(Score, OfAnImageWithItselfIsPerfect, ()) {
  const auto protocol = any_metric();
  const auto [x, y] = any_pair();
  const double value = score(protocol, x.view(), x.view());
  switch (protocol.metric) {
    case Metric::kPsnr:
      RC_ASSERT(value == std::numeric_limits<double>::infinity());
      break;
    case Metric::kMae:
      RC_ASSERT(value == 0.0);
      break;
    default:
      RC_ASSERT(std::abs(value - 1.0) <= 1e-14);
  }
}

RC_GTEST_PROP(Score, OfSsimLiesBetweenMinusOneAndOne, ()) {
  const auto [x, y] = any_pair();
  const double value = score(parse_protocol("ssim(round=u8)"), x.view(), y.view());
  RC_ASSERT(value >= -1.0 && value <= 1.0);
}

RC_GTEST_PROP(Score, FallsWithMoreOfTheSameNoise, ()) {
  const auto [clean, noisy] = any_pair();
  const int channels = clean.channels, height = clean.height, width = clean.width;
  auto little = unit_range(clean), much = unit_range(clean);
  const auto target = unit_range(clean);
  const auto direction = noise_image(channels, height, width, 11);
  const auto scale = static_cast<float>(*rc::gen::inRange(5, 60)) / 255.0F;
  for (std::size_t i = 0; i < little.samples.size(); ++i) {
    const float error = (static_cast<float>(direction.samples[i]) / 127.5F - 1.0F) * scale;
    little.samples[i] += error;
    much.samples[i] += 2.0F * error;
  }
  for (const auto* text : {"psnr(clip=no)", "psnr(clip=no,space=y-bt601-full)", "ssim(clip=no)"}) {
    const auto protocol = parse_protocol(text);
    RC_ASSERT(score(protocol, much.view(), target.view()) <
              score(protocol, little.view(), target.view()));
  }
}

// 20 log10(255 / 219), whatever the images: the rows of the luma matrices are proportional but
// for the third digits that BT.601 prints (65.481 / .299 = 219.0).
RC_GTEST_PROP(Psnr, OfLimitedLumaIsTheClosedFormAboveFullRange, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  const auto x = noise_image(3, 20, 20, seed), y = noise_image(3, 20, 20, seed + 1);
  const double limited = score(parse_protocol("psnr(space=y-bt601-limited)"), x.view(), y.view());
  const double full = score(parse_protocol("psnr(space=y-bt601-full)"), x.view(), y.view());
  RC_ASSERT(std::abs(limited - full - 20.0 * std::log10(255.0 / 219.0)) < 1e-9);
}

RC_GTEST_PROP(Score, OfFloatsMadeFromBytesIsThatOfTheBytes, ()) {
  const auto [x, y] = any_pair();
  for (const auto* text : {"psnr(round=u8)", "psnr(round=truncate)", "ssim(round=truncate)"}) {
    const auto protocol = parse_protocol(text);
    const double value = score(protocol, x.view(), y.view());
    RC_ASSERT(score(protocol, unit_range(x).view(), unit_range(y).view()) == value);
    RC_ASSERT(score(protocol, unit_range(x).view(), y.view()) == value);
  }
}

}  // namespace
}  // namespace bench::metrics
