#pragma once

#include <string>

namespace bench::runner {

/// Puts something behind each standard stream that the caller has closed, so that no file that is
/// opened later gets its number and with it what is printed.
void occupy_standard_streams();

/// Sends what is still waiting to standard output. \returns why some of what was printed has not
/// arrived there, or "".
std::string flush_standard_output();

}  // namespace bench::runner
