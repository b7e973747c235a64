#pragma once

#include <string>

namespace bench::scoring {

/// The shortest digits that read back as the same double; "inf" for infinity. For programs.
std::string exact_text(double value);

/// `value` with `decimals` behind the point; "inf" for infinity. For people.
std::string rounded_text(double value, int decimals);

}  // namespace bench::scoring
