#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::catalogue {

/// How a method comes to its restored image.
enum class MethodKind : std::uint8_t {
  kIdentity,   ///< hands the degraded image on
  kClassical,  ///< an algorithm without weights
  kNetwork,    ///< trained
  kSupernet    ///< trained together with architecture parameters, from which a network is derived
};

/// "identity", "classical", "network", "supernet".
std::string_view to_string(MethodKind kind);

/// One row of the catalogue: facts only; what can be run is in baselines/.
struct Method {
  std::string name;   ///< as experiment files write it
  std::string title;  ///< as papers write it
  std::string paper;
  int year;
  MethodKind kind;
  std::vector<std::string> tasks;  ///< "denoise", "derain"
  std::int64_t image_channels;     ///< that the next two numbers refer to
  std::optional<std::int64_t> parameters;
  std::optional<std::int64_t> multiply_adds_64x64;  ///< of the convolutions, one 64 x 64 image
  std::string public_weights;  ///< where weights exist and under what license; empty: none known
  std::string checked_by;      ///< what outside this project it is tested against
  std::string notes;
  bool gray_only = false;  ///< refuses images in color
};

/// Whether the method can be built here from its name alone. Not so: derived networks, which need
/// the architecture that a search has found.
bool stands_alone(const Method& method);

/// A name that the catalogue does not have; the message suggests the nearest one.
class UnknownMethod : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Every method, in the order in which they are shown.
const std::vector<Method>& catalogue();

/// \throws UnknownMethod
const Method& method(std::string_view name);

}  // namespace bench::catalogue
