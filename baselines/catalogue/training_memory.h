#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace bench::catalogue {

/// What training a method keeps in memory, counted in numbers, not bytes.
struct TrainingMemory {
  double kept_values_per_pixel = 0;     ///< activations that wait for the backward pass
  double largest_values_per_pixel = 0;  ///< of the largest tensor
  double parameters = 0;
};

/// The method under its name in the catalogue, "dncnn" with its sizes `depth` and `features`.
/// \returns nothing where nobody has counted, e.g. for networks that a search derives
std::optional<TrainingMemory> training_memory(const std::string& method,
                                              std::int64_t image_channels,
                                              const std::map<std::string, double>& options);

}  // namespace bench::catalogue
