#include "stages/classical_restoration.h"

#include <stdexcept>

#include "baselines/classical/bm3d.h"
#include "baselines/classical/nlm.h"
#include "baselines/classical/wnnm.h"

namespace bench::stages {
namespace {

using classical::FloatPlanes;
using datasets::FloatImage;

FloatPlanes planes_of(const FloatImage& image) {
  return {image.channels, image.height, image.width, image.samples};
}

FloatImage image_from(FloatPlanes planes) {
  return {planes.channels, planes.height, planes.width, std::move(planes.samples)};
}

}  // namespace

Restoration classical_restoration(const std::string& method, double sigma_8bit, int threads) {
  if (method == "bm3d") {
    return [=](const FloatImage& degraded) {
      return image_from(classical::bm3d(planes_of(degraded), sigma_8bit, {.threads = threads}));
    };
  }
  if (method == "nlm") {
    auto options = classical::nlm_options_for(sigma_8bit);
    options.threads = threads;
    return [=](const FloatImage& degraded) {
      return image_from(classical::nlm(planes_of(degraded), sigma_8bit, options));
    };
  }
  if (method == "wnnm") {
    return [=](const FloatImage& degraded) {
      return image_from(classical::wnnm(planes_of(degraded), sigma_8bit, threads));
    };
  }
  throw std::runtime_error("classical method: expected \"bm3d\", \"nlm\" or \"wnnm\", found \"" +
                           method + "\"");
}

}  // namespace bench::stages
