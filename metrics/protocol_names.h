#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "metrics/protocol.h"

namespace bench::metrics {

/// A short name for what a paper, script or library computes: one PSNR and, mostly, one SSIM.
struct NamedProtocols {
  std::string_view name;    ///< "matlab-y"
  int version;              ///< a changed meaning is a new version; the old one stays
  std::string_view psnr;    ///< canonical texts
  std::string_view ssim;    ///< empty: this source has none
  std::string_view source;  ///< the script or library that defines it
};

/// All of them, in the order of docs/protocols.md.
std::span<const NamedProtocols> named_protocols();

/// The protocols meant by a name (`matlab-y`, the newest version, or `matlab-y@1`) or by a
/// canonical text (one protocol).
/// \throws InvalidProtocol for an unknown name or version, with the nearest right one.
std::vector<Protocol> resolve(std::string_view name_or_text);

}  // namespace bench::metrics
