#include "baselines/networks/networks.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "baselines/catalogue/method.h"
#include "baselines/catalogue/size.h"
#include "baselines/networks/darts.h"
#include "baselines/networks/ddn.h"
#include "baselines/networks/dncnn.h"
#include "baselines/networks/durn_p.h"
#include "baselines/networks/ffdnet.h"
#include "baselines/networks/hinas.h"
#include "baselines/networks/memnet.h"
#include "baselines/networks/n3net.h"
#include "baselines/networks/nafnet.h"
#include "baselines/networks/nlrn.h"
#include "baselines/networks/prenet.h"
#include "baselines/networks/red30.h"
#include "baselines/networks/rescan.h"
#include "baselines/networks/unet.h"

namespace bench::baselines {
namespace {

constexpr std::int64_t kHiNasSearchFeatures = 10;

using Network = std::shared_ptr<training::RestorationNetwork>;
using Maker = std::function<Network(std::int64_t, const NetworkOptions&)>;

struct NetworkRow {
  std::string name;
  Maker make;
};

/// A size as asked for, or as the network's own options have it.
std::int64_t size(const NetworkOptions& options, const std::string& name, std::int64_t otherwise) {
  const auto asked = options.sizes.find(name);
  return asked == options.sizes.end() ? otherwise : std::llround(asked->second);
}

/// A maker from a function of the channels to the network's own options.
template <typename Made, typename OptionsOf>
Maker of(OptionsOf options_of) {
  return [options_of](std::int64_t channels, const NetworkOptions&) -> Network {
    return std::make_shared<Made>(options_of(channels));
  };
}

Maker dncnn(std::int64_t convolutions) {
  return of<DnCnn>([=](std::int64_t channels) {
    return DnCnnOptions{.image_channels = channels, .convolutions = convolutions};
  });
}

Maker unet(std::int64_t features) {
  return of<Unet>([=](std::int64_t channels) {
    return UnetOptions{.image_channels = channels, .features = features};
  });
}

Maker prenet(bool recurrent, bool shared_blocks) {
  return [=](std::int64_t channels, const NetworkOptions& options) -> Network {
    return std::make_shared<PreNet>(
        PreNetOptions{.image_channels = channels,
                      .features = size(options, "features", PreNetOptions{}.features),
                      .iterations = size(options, "iterations", PreNetOptions{}.iterations),
                      .recurrent = recurrent,
                      .shared_blocks = shared_blocks});
  };
}

Maker rescan(RecurrentKind kind, StageOutput output) {
  return [=](std::int64_t channels, const NetworkOptions& options) -> Network {
    const bool recurrent = kind != RecurrentKind::kNone;
    return std::make_shared<Rescan>(
        RescanOptions{.image_channels = channels,
                      .features = size(options, "features", RescanOptions{}.features),
                      .depth = size(options, "depth", RescanOptions{}.depth),
                      .stages = recurrent ? size(options, "stages", RescanOptions{}.stages) : 1,
                      .kind = kind,
                      .output = output});
  };
}

/// The text of a derived architecture, which has no default.
const std::string& required_architecture(const char* method, const NetworkOptions& options) {
  if (options.architecture.empty()) {
    throw std::invalid_argument(std::string("make_network: \"") + method +
                                "\" needs the architecture that a search has derived");
  }
  return options.architecture;
}

Network make_durn_p(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<DurnP>(DurnPOptions{
      .image_channels = channels, .features = size(options, "features", DurnPOptions{}.features)});
}

Network make_memnet(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<MemNet>(
      MemNetOptions{.image_channels = channels,
                    .features = size(options, "features", MemNetOptions{}.features),
                    .memory_blocks = size(options, "memory_blocks", MemNetOptions{}.memory_blocks),
                    .recursions = size(options, "recursions", MemNetOptions{}.recursions)});
}

Network make_nafnet(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<NafNet>(NafNetOptions{
      .image_channels = channels, .width = size(options, "width", NafNetOptions{}.width)});
}

Network make_ffdnet(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<FfdNet>(
      FfdNetOptions{.image_channels = channels, .sigma_8bit = options.sigma_8bit});
}

Network make_n3net(std::int64_t channels, const NetworkOptions& options) {
  N3NetOptions n3net{.image_channels = channels,
                     .features = size(options, "features", N3NetOptions{}.features),
                     .depth = size(options, "depth", N3NetOptions{}.depth)};
  n3net.block.neighbors = size(options, "neighbors", N3BlockOptions{}.neighbors);
  return std::make_shared<N3Net>(n3net);
}

Network make_nlrn(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<Nlrn>(
      NlrnOptions{.image_channels = channels,
                  .features = size(options, "features", NlrnOptions{}.features),
                  .steps = size(options, "steps", NlrnOptions{}.steps),
                  .window = size(options, "window", NlrnOptions{}.window)});
}

Network make_hinas(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<HiNasNetwork>(
      HiNasOptions{.image_channels = channels,
                   .features = size(options, "features", HiNasOptions{}.features)},
      parse_hinas_architecture(required_architecture("hinas", options)));
}

Network make_hinas_supernet(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<HiNasSupernet>(
      HiNasOptions{.image_channels = channels,
                   .features = size(options, "search_features", kHiNasSearchFeatures)});
}

DartsOptions darts_options(std::int64_t channels, const NetworkOptions& options,
                           const char* width) {
  return {.image_channels = channels,
          .node_channels = size(options, width, DartsOptions{}.node_channels),
          .cells = size(options, "cells", DartsOptions{}.cells)};
}

Network make_darts(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<DartsNetwork>(
      darts_options(channels, options, "node_channels"),
      parse_genotype(CellSpace::kDarts, required_architecture("darts_cell", options)));
}

Network make_darts_supernet(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<DartsSupernet>(darts_options(channels, options, "search_node_channels"));
}

/// The visible table; its names are those of baselines/catalogue/catalogue.cpp.
const std::vector<NetworkRow>& table() {
  static const std::vector<NetworkRow> rows{
      {"dncnn_s", dncnn(17)},
      {"dncnn_b", dncnn(20)},
      {"unet_f16", unet(16)},
      {"unet_f32", unet(32)},
      {"durn_p", make_durn_p},
      {"red30", of<Red30>([](std::int64_t c) { return Red30Options{.image_channels = c}; })},
      {"memnet", make_memnet},
      {"nafnet_w16", make_nafnet},
      {"ffdnet", make_ffdnet},
      {"n3net", make_n3net},
      {"nlrn", make_nlrn},
      {"hinas_supernet", make_hinas_supernet},
      {"hinas", make_hinas},
      {"darts_cell_supernet", make_darts_supernet},
      {"darts_cell", make_darts},
      {"prenet", prenet(true, false)},
      {"prenet_r", prenet(true, true)},
      {"prn", prenet(false, false)},
      {"prn_r", prenet(false, true)},
      {"scan", rescan(RecurrentKind::kNone, StageOutput::kFull)},
      {"rescan_rnn", rescan(RecurrentKind::kRnn, StageOutput::kFull)},
      {"rescan_gru", rescan(RecurrentKind::kGru, StageOutput::kFull)},
      {"rescan_gru_add", rescan(RecurrentKind::kGru, StageOutput::kAdditive)},
      {"rescan_lstm", rescan(RecurrentKind::kLstm, StageOutput::kFull)},
      {"ddn", of<Ddn>([](std::int64_t c) { return DdnOptions{.image_channels = c}; })},
  };
  return rows;
}

/// DnCNN of any depth and width: its rows in the catalogue are the two published sizes.
Network make_any_dncnn(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<DnCnn>(
      DnCnnOptions{.image_channels = channels,
                   .convolutions = size(options, "depth", DnCnnOptions{}.convolutions),
                   .features = size(options, "features", DnCnnOptions{}.features)});
}

const NetworkRow& row_of(std::string_view name) {
  static const NetworkRow any_dncnn{"dncnn", make_any_dncnn};
  if (name == any_dncnn.name) return any_dncnn;
  const auto& rows = table();
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const NetworkRow& row) { return row.name == name; });
  if (found != rows.end()) return *found;
  const auto& known = catalogue::method(name);
  throw std::invalid_argument("make_network: \"" + known.name + "\" is a " +
                              std::string(catalogue::to_string(known.kind)) +
                              " method and has no network to train");
}

void require_possible(std::string_view method, const std::map<std::string, double>& asked) {
  const auto& known = catalogue::sizes_of(method);
  for (const auto& [name, value] : asked) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const auto& row) { return row.name == name; });
    if (found != known.end() && value >= found->least && std::isfinite(value)) continue;
    throw std::invalid_argument("make_network: \"" + std::string(method) + "\" cannot have " +
                                name + " = " + std::to_string(value) +
                                "; see docs/methods.md for its sizes");
  }
}

bool asks_for(const NetworkOptions& options, const char* name) {
  const auto asked = options.sizes.find(name);
  return asked != options.sizes.end() && asked->second != 0;
}

/// As He et al. (2015) for leaky ReLUs: convolutions keep the spread of what passes through them.
void draw_as_kaiming(torch::nn::Module& network) {
  for (const auto& module : network.modules()) {
    auto* convolution = module->as<torch::nn::Conv2d>();
    if (convolution == nullptr) continue;
    torch::nn::init::kaiming_normal_(convolution->weight, kRescanLeak);
    if (convolution->bias.defined()) torch::nn::init::zeros_(convolution->bias);
  }
}

/// Then an untrained residual network hands the image on.
void zero_last_convolution(torch::nn::Module& network) {
  torch::nn::Conv2dImpl* last = nullptr;
  for (const auto& module : network.modules()) {
    if (auto* convolution = module->as<torch::nn::Conv2d>()) last = convolution;
  }
  if (last == nullptr) return;
  const torch::NoGradGuard no_grad;
  last->weight.zero_();
  if (last->bias.defined()) last->bias.zero_();
}

}  // namespace

std::shared_ptr<training::RestorationNetwork> make_network(std::string_view name,
                                                           std::int64_t image_channels,
                                                           const NetworkOptions& options) {
  const auto& row = row_of(name);
  if (image_channels != 1 && image_channels != 3) {
    throw std::invalid_argument("make_network: \"" + row.name +
                                "\": expected 1 (gray) or 3 (RGB) channels, got " +
                                std::to_string(image_channels));
  }
  require_possible(name, options.sizes);
  auto network = row.make(image_channels, options);
  if (asks_for(options, "kaiming")) draw_as_kaiming(*network);
  if (asks_for(options, "zero_last")) zero_last_convolution(*network);
  return network;
}

std::vector<std::string> network_names() {
  std::vector<std::string> names;
  for (const auto& row : table()) names.push_back(row.name);
  return names;
}

}  // namespace bench::baselines
