#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "db/run_reader.h"

namespace bench::verdicts {

/// Processors with the kernels that were used on them, e.g. "AMD EPYC 9R14 (avx512 with bf16)".
using Processors = std::set<std::string>;

/// On which the stages and all that they were made from (training, search) were carried out.
/// Empty for stages of before this was on record.
Processors processors_of(const db::RunReader& reader, const std::vector<std::string>& stage_keys);

/// Trained networks are bit-identical on like processors only. One sentence where the sides were
/// not all measured on one, e.g. "measured on unlike processors: A for net, B for bm3d"; else "".
/// \param sides  by name
std::string unlike_processors(const std::map<std::string, Processors>& sides);

}  // namespace bench::verdicts
