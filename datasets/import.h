#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/data_set.h"
#include "datasets/manifest.h"

namespace bench::datasets {

/// A user's folder as a data set.
struct ImportedDataSet {
  DataSet data_set;
  Manifest manifest;
};

/// Looks at every image below `folder` and makes it a data set: pairs if it has two sub-folders
/// that are called like the two sides of pairs (see kPairFolders in the source: rain/ and norain/,
/// degraded/ and target/, input/ and target/, noisy/ and clean/, ...), else clean images. The
/// manifest names the images alone, whatever else lies in the folder.
/// \param name  small letters, digits and '-'
/// \throws DataSetError for a bad name, one of the catalogue, a folder without images, unpaired
///         files, or gray and color mixed; ImageError for a file that cannot be read.
ImportedDataSet import_folder(std::string_view name, const std::filesystem::path& folder);

/// One text file: the manifest with the data set's facts as comment lines before it.
std::string to_text(const ImportedDataSet& imported);

/// Inverse of `to_text`. \throws ManifestError naming `file_name` and the line.
ImportedDataSet parse_imported(std::string_view text, std::string_view file_name);

/// Compares the imported images with what they were. An empty list: nothing has changed, and no
/// image has come. \throws DataSetError if the folder is not there any more.
std::vector<Problem> verify_imported(const ImportedDataSet& imported);

/// Reads one NAME.tsv. \throws ManifestError, or files::FileError
ImportedDataSet load_imported_file(const std::filesystem::path& file);

/// Writes NAME.tsv into `registry` (made if it is not there), written aside and renamed.
void save_imported(const std::filesystem::path& registry, const ImportedDataSet& imported);

/// All *.tsv of `registry` in order of name; nothing if there is no such folder.
std::vector<ImportedDataSet> load_imported(const std::filesystem::path& registry);

}  // namespace bench::datasets
