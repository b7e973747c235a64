#include "metrics/scoring/faults.h"
#include "core/text/visible_text.h"

#include <algorithm>

namespace bench::scoring {
namespace {

constexpr std::size_t kMostShown = 20;

}  // namespace

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::kUnpaired:
      return "unpaired";
    case FaultKind::kAmbiguous:
      return "ambiguous";
    case FaultKind::kUnsupported:
      return "unsupported";
    case FaultKind::kUnreadable:
      return "unreadable";
    case FaultKind::kUnlikeSizes:
      return "unlike-sizes";
    case FaultKind::kTooSmall:
      return "too-small";
  }
  return "";
}

std::string faults_text(std::span<const Fault> faults) {
  std::string text;
  for (const auto& fault : faults.first(std::min(faults.size(), kMostShown))) {
    text.append("\n  ").append(to_string(fault.kind)).append(": ");
    text.append(text::visible_text(fault.message));
  }
  if (faults.size() > kMostShown) {
    text.append("\n  and ").append(std::to_string(faults.size() - kMostShown)).append(" more");
  }
  return text;
}

}  // namespace bench::scoring
