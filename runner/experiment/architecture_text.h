#pragma once

#include <cstdint>
#include <string>

#include "core/json/json_reader.h"
#include "stages/exchange/settings.h"

/// Architectures of CLEARER's space as text, "PF|FF|FP": one letter a searched module, P parallel
/// or F fusion, one group a cell. The runner knows no more of them than this text.
namespace bench::runner {

/// Requires a pattern ("all-parallel", "all-fusion", "alternating", "random") or letters that fit
/// the space. \throws BadInput
void check_architecture(const core::JsonReader& value, const exchange::SpaceSettings& space);

/// The letters of a pattern; letters stay as they are. "random" is drawn from `seed`.
std::string architecture_of(const std::string& pattern_or_letters,
                            const exchange::SpaceSettings& space, std::uint64_t seed);

}  // namespace bench::runner
