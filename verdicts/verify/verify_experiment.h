#pragma once

#include <filesystem>
#include <vector>

#include "runner/experiment/experiment.h"
#include "verdicts/verify/verify.h"

namespace bench::verdicts {

/// The claims of an experiment, held against its newest run on record: one of the same file's text,
/// if there is one under a profile that tests claims. Without a run every claim is "not testable
/// here".
/// \param store  the folder that holds bench.db; need not exist
std::vector<JudgedClaim> judge_experiment(const runner::Experiment& experiment,
                                          const std::filesystem::path& store);

}  // namespace bench::verdicts
