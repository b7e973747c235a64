#pragma once

#include <vector>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// The claims of an experiment file: its own, each with what its kind is judged by, and those that
/// it refers to by file and id. Each needs an id that no other has.
/// \param experiment  with its tasks, contestants and protocols, which the claims name.
/// \throws BadInput
std::vector<Claim> read_claims(const core::JsonReader& block, const Experiment& experiment);

}  // namespace bench::runner
