#pragma once

#include <memory>
#include <string>

#include "stages/exchange/settings.h"
#include "training/network.h"

namespace bench::stages {

/// A trainable network with first weights drawn from (seed, "weights", the network).
/// \throws std::runtime_error for a kind that is no network, or an unknown method or option
std::shared_ptr<training::RestorationNetwork> make_network(
    const exchange::NetworkSettings& settings, std::int64_t image_channels, std::uint64_t seed);

}  // namespace bench::stages
