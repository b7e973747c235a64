#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench::catalogue {

/// A number that a network can be built with; experiment files set it in `options`.
struct Size {
  std::string name;
  double published;  ///< what holds where it is not set
  double least;      ///< smallest value that can be built
};

/// The sizes of a method, none for one that the table does not have. "dncnn" is DnCNN of any depth
/// and width; it has no row in the catalogue.
const std::vector<Size>& sizes_of(std::string_view method);

/// Height and width of a training patch must be multiples of it.
std::int64_t side_multiple_of(std::string_view method);

}  // namespace bench::catalogue
