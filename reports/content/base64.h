#pragma once

#include <string>
#include <string_view>

namespace bench::reports {

/// Base64 of `bytes` with padding (RFC 4648, section 4).
std::string base64(std::string_view bytes);

}  // namespace bench::reports
