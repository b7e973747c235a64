#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "training/network.h"

namespace bench::baselines {

/// What a few methods need beyond the image's channels.
struct NetworkOptions {
  /// Derived networks only (`hinas`, `darts_cell`): the architecture, as their `parse_...` read it.
  std::string architecture;
  double sigma_8bit = 25.0;  ///< `ffdnet` only: the noise level handed to it, on the 0..255 scale
  std::map<std::string, double> sizes =
      {};  ///< by name (baselines/catalogue/size.h); published where absent
};

/// A new network of the catalogue, or "dncnn" (of any depth and width), with LibTorch's random
/// initial weights.
/// \param image_channels  1 (gray) or 3 (RGB)
/// \throws catalogue::UnknownMethod for a name that the catalogue does not have
/// \throws std::invalid_argument for a method that is not a network, for another number of
///         channels, and for options that the method refuses
std::shared_ptr<training::RestorationNetwork> make_network(std::string_view name,
                                                           std::int64_t image_channels,
                                                           const NetworkOptions& options = {});

/// Names that `make_network` knows, in its table's order.
std::vector<std::string> network_names();

}  // namespace bench::baselines
