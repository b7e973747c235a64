// Times DnCNN-S on one 481x321 image as bench restores with it, and the same layers written in
// plain eager LibTorch, channels_last, with the batch normalizations merged as in the released
// weights. One thread; the two take turns, so that what else runs on the machine meets both alike.
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "baselines/networks/dncnn.h"
#include "training/inference.h"

namespace bench {
namespace {

constexpr std::int64_t kHeight = 321;
constexpr std::int64_t kWidth = 481;
constexpr int kWarmUp = 3;

torch::nn::Conv2d convolution(std::int64_t from_channels, std::int64_t channels) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(from_channels, channels, 3).padding(1));
}

torch::nn::Sequential plain_dncnn() {
  torch::nn::Sequential layers(convolution(1, 64), torch::nn::ReLU());
  for (int i = 0; i < 15; ++i) {
    layers->push_back(convolution(64, 64));
    layers->push_back(torch::nn::ReLU());
  }
  layers->push_back(convolution(64, 1));
  layers->eval();
  for (auto& parameter : layers->parameters()) {
    if (parameter.dim() == 4) {
      parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
    }
  }
  return layers;
}

template <typename Call>
double milliseconds(const Call& call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int run(int rounds) {
  torch::manual_seed(1);
  at::set_num_threads(1);
  const auto image = torch::rand({1, 1, kHeight, kWidth});
  const training::Restorer restorer(std::make_shared<baselines::DnCnn>(baselines::DnCnnOptions{}),
                                    {});
  auto layers = plain_dncnn();
  const auto plain = [&] {
    const torch::NoGradGuard no_grad;
    const auto degraded = image.contiguous(torch::MemoryFormat::ChannelsLast);
    return degraded - layers->forward(degraded);
  };
  std::vector<double> ours, theirs, ratios;
  for (int round = 0; round < rounds + kWarmUp; ++round) {
    const double a = milliseconds([&] { restorer.restore(image); });
    const double b = milliseconds(plain);
    if (round < kWarmUp) continue;
    ours.push_back(a);
    theirs.push_back(b);
    ratios.push_back(a / b);
  }
  std::printf("DnCNN-S, 481x321, one thread, median of %d rounds taken in turn\n", rounds);
  std::printf("bench                        %8.1f ms\n", median(ours));
  std::printf("eager LibTorch channels_last %8.1f ms\n", median(theirs));
  std::printf("ratio, median of the rounds  %8.3f\n", median(ratios));
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argument_count, char** arguments) {
  const int rounds = argument_count > 1 ? std::atoi(arguments[1]) : 15;
  if (rounds < 1) {
    std::fprintf(stderr, "usage: dncnn_benchmark [ROUNDS]\n");
    return 2;
  }
  return bench::run(rounds);
}
