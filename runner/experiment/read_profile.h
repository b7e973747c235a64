#pragma once

#include <string>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// Reads a member of "profiles".
/// \param root        the file: what contestants say of their budgets stands there
/// \param experiment  with its tasks and contestants, in the order of the file
/// \throws BadInput
Profile read_profile(const std::string& name, const core::JsonReader& block,
                     const core::JsonReader& root, const Experiment& experiment);

}  // namespace bench::runner
