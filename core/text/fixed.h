#pragma once

#include <string>

namespace bench::text {

/// `value` with so many digits after the point, as printf's %.*f.
std::string fixed(double value, int digits);

/// The same with its sign, +0.123.
std::string with_sign(double value, int digits);

}  // namespace bench::text
