#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/data_set.h"
#include "datasets/manifest.h"

namespace bench::datasets {

/// The visible table of data sets, in the order in which lists show them.
std::span<const DataSet> list();

/// \param imported  looked at after the table (see `import.h`).
/// \throws DataSetError with the nearest name.
const DataSet& find(std::string_view name, std::span<const DataSet> imported = {});

/// The folder of `data_set`: below the first of `data_roots` that has it. A data root is the
/// folder that contains e.g. denoise/set12_gray (usually BENCH_DATA_DIR/data). Empty for embedded
/// sets.
/// \throws DataSetError naming the roots looked at and the command that gets the set.
std::filesystem::path locate(const DataSet& data_set,
                             std::span<const std::filesystem::path> data_roots);

/// The committed manifest; none for embedded sets and for those known by layout only.
std::optional<Manifest> committed_manifest(std::string_view name);

/// Compares the folder with the committed manifest. An empty list means that they are the same.
/// \throws DataSetError if there is no manifest, or the set is not below `data_root`.
std::vector<Problem> verify(const DataSet& data_set, const std::filesystem::path& data_root);

/// The name of the set whose files a set's images are made of: "bsd500" for "bsd500-half", else the
/// name itself.
std::string base_of(std::string_view name);

/// What is known about images that two data sets share: a sentence for reports; nothing where
/// no overlap is known. Symmetric; a set against itself is not asked.
std::optional<std::string> overlap(std::string_view a, std::string_view b);

}  // namespace bench::datasets
