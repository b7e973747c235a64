#pragma once

#include <torch/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "clearer/network/supernet.h"
#include "clearer/space/search_options.h"
#include "training/relaxed_network.h"

namespace bench::stages {

/// CLEARER's supernet with first weights drawn by `seed`, on `device`.
clearer::Supernet make_supernet(const clearer::SearchSpace& space,
                                clearer::SupernetSemantics semantics, std::uint64_t seed,
                                torch::Device device);

/// The supernet of a method that derives its network by a search, e.g. "hinas", as such a search
/// sees it.
/// \param options  loss, precision and layout of its passes
/// \throws std::runtime_error for a method without a supernet
std::shared_ptr<training::RelaxedNetwork> make_method_supernet(
    const std::string& method, const std::map<std::string, double>& sizes,
    std::int64_t image_channels, std::uint64_t seed, const clearer::SearchOptions& options,
    torch::Device device);

}  // namespace bench::stages
