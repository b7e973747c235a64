#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/import.h"
#include "runner/experiment/experiment.h"

/// Data sets of the user's own, beside those of the catalogue: `bench data import` describes each
/// in a file NAME.tsv, which lies in .bench/datasets of a project.
namespace bench::runner {

/// Where `bench data import` puts descriptions, and where it is looked for them first.
std::filesystem::path registry_of(const std::filesystem::path& project);

/// The description of a set that an experiment file names: of the project of the current folder,
/// else of the file's. \throws core::BadInput if both have one and they are not the same
std::optional<std::filesystem::path> description_of(const std::string& name,
                                                    const std::filesystem::path& experiment_file);

/// A set of the catalogue, or an imported one. \throws datasets::DataSetError with the nearest name
datasets::DataSet known_set(const std::string& name, const std::filesystem::path& experiment_file);

/// The names of both.
std::vector<std::string> known_set_names(const std::filesystem::path& experiment_file);

/// The descriptions of the imported sets that a profile uses, by name: a stage is told them.
std::map<std::string, std::string> descriptions_for(const Profile& profile,
                                                    const std::filesystem::path& experiment_file);

}  // namespace bench::runner
