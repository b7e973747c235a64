#pragma once

#include <span>
#include <string>
#include <string_view>

#include "metrics/protocol.h"

namespace bench::metrics {

/// One `key=value` of a protocol's text. The table of them drives printing, parsing, comparing.
struct ProtocolField {
  std::string_view key;
  bool (*concerns)(Metric);  ///< whether the key may stand in a text of this metric
  bool always_shown;         ///< where it concerns; the others are shown unless default
  std::string (*value)(const Protocol&);
  /// \throws InvalidProtocol naming the value and those allowed.
  void (*assign)(Protocol&, std::string_view value);
};

/// In the order of the canonical text.
std::span<const ProtocolField> protocol_fields();

}  // namespace bench::metrics
