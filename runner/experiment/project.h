#pragma once

#include <filesystem>

/// Which project a command works in, the same for all of them. A project is a folder with
/// experiments/, or with the results that were kept in it, .bench/. Like git, a command finds it
/// from any folder below.
namespace bench::runner {

/// The project of an experiment file: the folder above experiments/, or the nearest folder above
/// the file that has .bench/, else the file's own.
std::filesystem::path project_of(const std::filesystem::path& experiment_file);

/// The project of the current folder: the nearest folder, from it upwards, that has .bench/ or
/// experiments/, else the current one.
std::filesystem::path project_here();

/// Where the results of a project are kept unless --store says otherwise.
std::filesystem::path store_of(const std::filesystem::path& project);

/// BENCH_DATA_DIR, else the folder shared/ beside the project.
std::filesystem::path data_root_of(const std::filesystem::path& project);

}  // namespace bench::runner
