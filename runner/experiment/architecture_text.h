#pragma once

#include <cstdint>
#include <string>

#include "clearer/space/search_space.h"
#include "core/json/json_reader.h"

/// Architectures of CLEARER's space as an experiment names them: by a pattern, or as text
/// "PF|FF|FP", one letter a searched module, P parallel or F fusion, one group a cell.
namespace bench::runner {

/// Requires a pattern ("all-parallel", "all-fusion", "alternating", "random") or letters that fit
/// the space. \throws BadInput
void check_architecture(const core::JsonReader& value, const clearer::SearchSpace& space);

/// The letters of a pattern; letters stay as they are. "random" is drawn from `seed`.
std::string architecture_of(const std::string& pattern_or_letters,
                            const clearer::SearchSpace& space, std::uint64_t seed);

}  // namespace bench::runner
