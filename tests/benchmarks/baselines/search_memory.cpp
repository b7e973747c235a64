// What one search step must keep in memory for its backward pass, for spaces that grow from
// CLEARER's to "everything at once": modules, the inner structure of each block, and global links.
//
// Measured: bytes that the allocator has handed out and not got back between a forward pass and its
// backward pass, at a small batch; they grow in proportion to the batch (printed as a check) and
// are scaled to the released batch of 32. Parameters, their gradients and the optimizer's moments
// are counted on top. What a GPU's allocator and its workspaces add is not counted, so the true
// need is larger.
#include <malloc.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "baselines/networks/cell.h"
#include "baselines/networks/darts.h"
#include "baselines/networks/hinas.h"
#include "clearer/network/supernet.h"

namespace bench {
namespace {

constexpr std::int64_t kSide = 64;
constexpr std::int64_t kReleasedBatch = 32;
constexpr double kGib = 1024.0 * 1024 * 1024;

double allocated_bytes() {
  const auto info = ::mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// Bytes that live after `forward` besides those before it: what its graph holds on to.
double held_bytes(const std::function<torch::Tensor()>& forward) {
  forward().sum().backward();  // gradients are allocated, libraries loaded
  const double before = allocated_bytes();
  const auto loss = forward().sum();
  const double held = allocated_bytes() - before;
  loss.backward();
  return held;
}

/// Per image, from two batch sizes: what does not grow with the batch drops out.
double held_an_image(const std::function<torch::Tensor(std::int64_t batch)>& forward) {
  const double one = held_bytes([&] { return forward(1); });
  const double three = held_bytes([&] { return forward(3); });
  return (three - one) / 2;
}

double parameter_bytes(const torch::nn::Module& network) {
  double bytes = 0;
  for (const auto& parameter : network.parameters()) {
    bytes += static_cast<double>(parameter.nbytes());
  }
  return bytes;
}

/// Weights, gradients and SGD's momentum.
double with_optimizer(double weight_bytes) {
  return 3 * weight_bytes;
}

struct Need {
  double an_image = 0;  ///< bytes
  double weights = 0;   ///< bytes, with gradients and momentum

  double total(std::int64_t batch) const { return an_image * static_cast<double>(batch) + weights; }
};

void print(const std::string& name, const Need& need) {
  std::printf("| %s | %.3f | %.2f | %.1f |\n", name.c_str(), need.an_image / kGib,
              need.weights / kGib, need.total(kReleasedBatch) / kGib);
}

clearer::SearchSpace released_space() {
  return {};  // 32/64/128/256 channels, cells of 4 modules
}

Need clearer_need(clearer::SupernetSemantics semantics) {
  clearer::Supernet supernet(released_space(), semantics,
                             at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1}));
  supernet->train();
  return {held_an_image([&](std::int64_t batch) {
            return supernet->forward(torch::rand({batch, 1, kSide, kSide}));
          }),
          with_optimizer(parameter_bytes(*supernet))};
}

template <typename Network>
Need network_need(Network network) {
  network.train();
  return {held_an_image([&](std::int64_t batch) {
            return network.forward(torch::rand({batch, 1, kSide, kSide}));
          }),
          with_optimizer(parameter_bytes(network))};
}

/// A DARTS cell in the place of one residual block: 8 operations on 14 edges; its nodes have a
/// quarter of the block's channels, so that their concatenation has as many as the block, after a
/// 1x1 reduction of its input.
Need inner_cell(std::int64_t channels, std::int64_t side) {
  const auto nodes = channels / static_cast<std::int64_t>(baselines::kCellNodes);
  baselines::SearchedCell cell(baselines::CellOperationOptions{
      .space = baselines::CellSpace::kDarts, .channels = nodes, .affine = false});
  torch::nn::Conv2d reduce(torch::nn::Conv2dOptions(channels, nodes, 1).bias(false));
  const auto weights = torch::full({14, 8}, 1.0 / 8).requires_grad_();
  cell->train();
  return {held_an_image([&](std::int64_t batch) {
            const auto reduced = reduce->forward(torch::rand({batch, channels, side, side}));
            return cell->forward(reduced, reduced, weights);
          }),
          with_optimizer(parameter_bytes(*cell) + parameter_bytes(*reduce))};
}

/// A residual block that is not kept: two convolutions with normalization, and the addition.
Need block(std::int64_t channels, std::int64_t side) {
  const auto convolution = [&] {
    return torch::nn::Conv2d(
        torch::nn::Conv2dOptions(channels, channels, 3).padding(1).bias(false));
  };
  torch::nn::Sequential layers(convolution(), torch::nn::BatchNorm2d(channels), torch::nn::ReLU(),
                               convolution(), torch::nn::BatchNorm2d(channels));
  return {held_an_image([&](std::int64_t batch) {
            const auto input = torch::rand({batch, channels, side, side});
            return torch::relu(input + layers->forward(input));
          }),
          with_optimizer(parameter_bytes(*layers))};
}

struct Branch {
  std::int64_t channels;
  std::int64_t side;
  std::int64_t positions;  ///< searched modules that have this resolution
};

std::vector<Branch> branches() {
  const auto space = released_space();
  std::vector<Branch> found;
  for (std::int64_t b = 0; b < most_branches(space); ++b) {
    std::int64_t positions = 0;
    for (std::size_t cell = 1; cell < space.modules.size(); ++cell) {
      if (b <= static_cast<std::int64_t>(cell)) positions += space.modules[cell];
    }
    found.push_back({space.channels[static_cast<std::size_t>(b)], kSide >> b, positions});
  }
  return found;
}

/// CLEARER's supernet with a searched cell in the place of every parallel module's residual block.
Need with_inner_structure(const Need& modules) {
  Need need = modules;
  for (const auto& branch : branches()) {
    const auto cell = inner_cell(branch.channels, branch.side);
    const auto gone = block(branch.channels, branch.side);
    const auto count = static_cast<double>(branch.positions);
    need.an_image += count * (cell.an_image - gone.an_image);
    need.weights += count * (cell.weights - gone.weights);
  }
  return need;
}

/// Besides, every module may take the output of every module before it on its resolution: a
/// weighted sum keeps a product for each link, which has no weights of its own.
Need with_global_links(const Need& inner) {
  Need need = inner;
  for (const auto& branch : branches()) {
    const auto links = static_cast<double>(branch.positions * (branch.positions - 1) / 2);
    need.an_image += links * static_cast<double>(branch.channels * branch.side * branch.side) * 4;
  }
  return need;
}

int run() {
  torch::manual_seed(1);
  at::set_num_threads(1);
  // One arena: what is handed out is counted in one place.
  ::mallopt(M_ARENA_MAX, 1);
  std::printf(
      "| search over | activations an image of 64 x 64 (GiB) | weights, gradients, momentum "
      "(GiB) | batch of 32 (GiB) |\n| --- | ---: | ---: | ---: |\n");
  const auto modules = clearer_need(clearer::SupernetSemantics::kPaper);
  print("CLEARER's modules (paper semantics)", modules);
  print("the same, as released", clearer_need(clearer::SupernetSemantics::kAsReleased));
  print("DARTS's cell, 32 channels a node, 4 cells",
        network_need(baselines::DartsSupernet(baselines::DartsOptions{})));
  print("HiNAS's cells and widths, F = 10",
        network_need(baselines::HiNasSupernet(baselines::HiNasOptions{.features = 10})));
  const auto inner = with_inner_structure(modules);
  print("modules and inner structure", inner);
  print("modules, inner structure and global links", with_global_links(inner));
  return 0;
}

}  // namespace
}  // namespace bench

int main() {
  return bench::run();
}
