#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench::scoring {

/// Images cannot be scored as asked: nothing was scored in part. The message names the files.
class ScoringError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Why one image, or one pair, has no score.
enum class FaultKind : std::uint8_t {
  kUnpaired,     ///< `unpaired`: a name that the other folder does not have
  kAmbiguous,    ///< `ambiguous`: more than one file of one name in a folder
  kUnsupported,  ///< `unsupported`: an image format that is not read
  kUnreadable,   ///< `unreadable`: missing, truncated, damaged, or refused by the read options
  kUnlikeSizes,  ///< `unlike-sizes`: other sides, or gray against RGB
  kTooSmall,     ///< `too-small`: smaller than a window, crop or patch of a protocol
};

std::string_view to_string(FaultKind kind);

struct Fault {
  FaultKind kind = FaultKind::kUnreadable;
  std::string name;     ///< the name by which images are paired
  std::string message;  ///< names the file, what was expected and what was found

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// What to tell whoever asked, a line a fault: the first 20, and how many more there are.
std::string faults_text(std::span<const Fault> faults);

}  // namespace bench::scoring
