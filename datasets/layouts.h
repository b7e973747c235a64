#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/examples.h"

namespace bench::datasets {

/// One example of a folder with what split rules ask of it.
struct LaidOutExample {
  ExampleFiles files;
  std::string folder;              ///< below the data set's folder, "" at its top
  std::optional<std::int64_t> id;  ///< first number in the name of the clean image
};

/// Every example of `folder`, in natural order of name.
/// \throws DataSetError if the folder does not have the data set's layout, or a partner is missing.
std::vector<LaidOutExample> lay_out(const DataSet& data_set, const std::filesystem::path& folder);

/// Images below `folder` of formats that are not read, relative to it. \throws DataSetError
std::vector<std::filesystem::path> unsupported_images_below(const std::filesystem::path& folder);

/// The first number in `stem`: "norain-007" -> 7. Nothing if there is none.
std::optional<std::int64_t> first_number(std::string_view stem);

/// Order in which "2" comes before "10".
bool natural_less(std::string_view a, std::string_view b);

}  // namespace bench::datasets
