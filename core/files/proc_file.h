#pragma once

#include <string>

namespace bench::files {

/// The value of the first line "NAME : value" of a file of /proc; "" for an empty value,
/// "unknown" where there is no such line or file.
std::string proc_value(const char* file, const std::string& name);

/// As /proc/cpuinfo names it.
std::string processor_name();

}  // namespace bench::files
