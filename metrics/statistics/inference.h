#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace bench::statistics {

/// What a comparison speaks of, and so what its chance is.
enum class Inference {
  kMethods,               ///< seeds and images are both samples: the default
  kMethodsOnThisTestSet,  ///< seeds are a sample, the images are all there are
  kTheseNetworks          ///< the networks are all there are, images are a sample
};

/// "methods, on images like these", "methods, on this test set", "these trained networks".
std::string_view to_string(Inference inference);

/// Inverse of `to_string`; empty for any other text.
std::optional<Inference> inference_named(std::string_view text);

/// The names of all, the default first.
std::vector<std::string_view> inference_names();

}  // namespace bench::statistics
