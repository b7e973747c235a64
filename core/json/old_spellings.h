#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/json/json_document.h"

/// Keys and values that had another name in earlier versions. Files that have it are still read:
/// before anything else looks at a document, its old spellings become the new ones, so that no
/// reader knows both and canonical JSON has the new one.
namespace bench::core {

/// Renames in place. The places of the document follow.
/// \returns a line for each old spelling, at the first place that has it:
///          `x.json:3:5: "optimiser" is now spelled "optimizer"`
/// \throws BadInput where an object has both spellings of a key
std::vector<std::string> renew_spellings(JsonDocument& document);

/// The same of JSON that a program wrote; nobody is told.
void renew_spellings(nlohmann::json& root);

/// The path of a `--set` with the new spellings of its steps.
std::string with_renewed_spellings(const std::string& path);

/// Says each line once in the life of the process, on the standard error stream.
void say_once(const std::vector<std::string>& lines);

}  // namespace bench::core
