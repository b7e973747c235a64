#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/bad_input.h"
#include "core/json/json_reader.h"
#include "verdicts/gate/baseline.h"

// What the files of both kinds of baselines have in common. For the sources of gate/ only.

namespace bench::verdicts {

/// The limits of a number that may be any.
inline constexpr core::Range kAnyNumber{-1.7976931348623157e308, 1.7976931348623157e308};

/// Requires "format" to be `format` and "version" to be from 1 to `newest`. \returns the version
std::int64_t require_format(const core::JsonReader& root, const std::string& format,
                            std::int64_t newest);

std::vector<std::string> texts_of(const core::JsonReader& list);
std::vector<double> numbers_of(const core::JsonReader& list, core::Range range);
std::vector<std::int64_t> seeds_of(const core::JsonReader& list);
Provenance provenance_of(const core::JsonReader& object);
nlohmann::ordered_json provenance_json(const Provenance& provenance);

/// What `read` makes of the root of a file; whatever is wrong is a GateError that names the file
/// and the place in it.
template <typename Read>
auto read_baseline_file(std::string_view text, const std::string& source, Read read) {
  try {
    const auto document = core::parse_json_document(source, text);
    return read(core::JsonReader(document));
  } catch (const core::BadInput& error) {
    throw GateError(error.what());
  }
}

}  // namespace bench::verdicts
