#pragma once

#include <string>

namespace bench::scoring {

/// Every named protocol with its definitions and source, for people.
std::string protocol_list_text();

/// The same for programs: an array of {name, version, source, protocols}.
std::string protocol_list_json();

}  // namespace bench::scoring
