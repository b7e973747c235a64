#pragma once

#include <string>

namespace bench::runner {

// The catalogue of methods, for people and for programs.
std::string methods_table();
std::string methods_json();

}  // namespace bench::runner
