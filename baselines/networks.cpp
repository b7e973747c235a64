#include "baselines/networks.h"

#include <torch/torch.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "baselines/darts.h"
#include "baselines/ddn.h"
#include "baselines/dncnn.h"
#include "baselines/durn_p.h"
#include "baselines/ffdnet.h"
#include "baselines/hinas.h"
#include "baselines/memnet.h"
#include "baselines/nafnet.h"
#include "baselines/prenet.h"
#include "baselines/red30.h"
#include "baselines/rescan.h"
#include "baselines/unet.h"
#include "methods/method.h"

namespace bench::baselines {
namespace {

using Network = std::shared_ptr<training::RestorationNetwork>;
using Maker = std::function<Network(std::int64_t, const NetworkOptions&)>;

struct NetworkRow {
  std::string name;
  Maker make;
};

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
  return of<PreNet>([=](std::int64_t channels) {
    return PreNetOptions{
        .image_channels = channels, .recurrent = recurrent, .shared_blocks = shared_blocks};
  });
}

Maker rescan(RecurrentKind kind, StageOutput output, std::int64_t stages) {
  return of<Rescan>([=](std::int64_t channels) {
    return RescanOptions{
        .image_channels = channels, .stages = stages, .kind = kind, .output = output};
  });
}

/// The text of a derived architecture, which has no default.
const std::string& required_architecture(const char* method, const NetworkOptions& options) {
  if (options.architecture.empty()) {
    throw std::invalid_argument(std::string("make_network: \"") + method +
                                "\" needs the architecture that a search has derived");
  }
  return options.architecture;
}

Network make_ffdnet(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<FfdNet>(
      FfdNetOptions{.image_channels = channels, .sigma_8bit = options.sigma_8bit});
}

Network make_hinas(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<HiNasNetwork>(
      HiNasOptions{.image_channels = channels},
      parse_hinas_architecture(required_architecture("hinas", options)));
}

Network make_hinas_supernet(std::int64_t channels, const NetworkOptions&) {
  return std::make_shared<HiNasSupernet>(HiNasOptions{.image_channels = channels, .features = 10});
}

Network make_darts(std::int64_t channels, const NetworkOptions& options) {
  return std::make_shared<DartsNetwork>(
      DartsOptions{.image_channels = channels},
      parse_genotype(CellSpace::kDarts, required_architecture("darts_cell", options)));
}

Network make_darts_supernet(std::int64_t channels, const NetworkOptions&) {
  return std::make_shared<DartsSupernet>(DartsOptions{.image_channels = channels});
}

/// The visible table; its names are those of methods/catalogue.cpp.
const std::vector<NetworkRow>& table() {
  static const std::vector<NetworkRow> rows{
      {"dncnn_s", dncnn(17)},
      {"dncnn_b", dncnn(20)},
      {"unet_f16", unet(16)},
      {"unet_f32", unet(32)},
      {"durn_p", of<DurnP>([](std::int64_t c) { return DurnPOptions{.image_channels = c}; })},
      {"red30", of<Red30>([](std::int64_t c) { return Red30Options{.image_channels = c}; })},
      {"memnet", of<MemNet>([](std::int64_t c) { return MemNetOptions{.image_channels = c}; })},
      {"nafnet_w16", of<NafNet>([](std::int64_t c) { return NafNetOptions{.image_channels = c}; })},
      {"ffdnet", make_ffdnet},
      {"hinas_supernet", make_hinas_supernet},
      {"hinas", make_hinas},
      {"darts_cell_supernet", make_darts_supernet},
      {"darts_cell", make_darts},
      {"prenet", prenet(true, false)},
      {"prenet_r", prenet(true, true)},
      {"prn", prenet(false, false)},
      {"prn_r", prenet(false, true)},
      {"scan", rescan(RecurrentKind::kNone, StageOutput::kFull, 1)},
      {"rescan_rnn", rescan(RecurrentKind::kRnn, StageOutput::kFull, 4)},
      {"rescan_gru", rescan(RecurrentKind::kGru, StageOutput::kFull, 4)},
      {"rescan_gru_add", rescan(RecurrentKind::kGru, StageOutput::kAdditive, 4)},
      {"rescan_lstm", rescan(RecurrentKind::kLstm, StageOutput::kFull, 4)},
      {"ddn", of<Ddn>([](std::int64_t c) { return DdnOptions{.image_channels = c}; })},
  };
  return rows;
}

}  // namespace

std::shared_ptr<training::RestorationNetwork> make_network(std::string_view name,
                                                           std::int64_t image_channels,
                                                           const NetworkOptions& options) {
  const auto& rows = table();
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const NetworkRow& row) { return row.name == name; });
  if (found == rows.end()) {
    const auto& known = methods::method(name);
    throw std::invalid_argument("make_network: \"" + known.name + "\" is a " +
                                std::string(methods::to_string(known.kind)) +
                                " method and has no network to train");
  }
  if (image_channels != 1 && image_channels != 3) {
    throw std::invalid_argument("make_network: \"" + found->name +
                                "\": expected 1 (grey) or 3 (RGB) channels, got " +
                                std::to_string(image_channels));
  }
  return found->make(image_channels, options);
}

std::vector<std::string> network_names() {
  std::vector<std::string> names;
  for (const auto& row : table()) names.push_back(row.name);
  return names;
}

}  // namespace bench::baselines
