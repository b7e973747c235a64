#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/data_set.h"
#include "datasets/image.h"

namespace bench::datasets {

/// Where one example lies. Side by side, both paths are the same file.
struct ExampleFiles {
  std::string name;                ///< unique in the data set, e.g. "test001" or "901_14"
  std::filesystem::path target;    ///< clean; empty if there is none
  std::filesystem::path degraded;  ///< empty if it is to be made by noise

  friend bool operator==(const ExampleFiles&, const ExampleFiles&) = default;
};

/// One example in memory.
struct Example {
  std::string name;
  std::optional<Image> target;
  std::optional<Image> degraded;  ///< of the target's shape
};

/// The examples of `split` in order of name (numbers by value).
/// \param folder  from `locate`
/// \throws DataSetError if the folder does not have the layout, a pair lacks its partner, or the
///         split comes out empty.
std::vector<ExampleFiles> list_examples(const DataSet& data_set,
                                        const std::filesystem::path& folder, const Split& split);

struct LoadOptions {
  int channels = 0;        ///< 1 or 3; 0: as the data set is. Color becomes gray by PIL's luma
  std::int64_t limit = 0;  ///< only the first so many examples; 0: all
};

/// Reads (or, for embedded sets, makes) the examples of a split.
/// \throws DataSetError as `list_examples` and `locate`, or for color asked of a gray set;
///         ImageError naming the file, also for a pair of different sizes.
std::vector<Example> load_examples(const DataSet& data_set,
                                   std::span<const std::filesystem::path> data_roots,
                                   std::string_view split, const LoadOptions& options = {});

}  // namespace bench::datasets
