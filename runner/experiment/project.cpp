#include "runner/experiment/project.h"

#include <cstdlib>

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStore = ".bench";
constexpr const char* kExperiments = "experiments";

/// The first of `folder` and those above it for which `matches`, or nothing.
template <typename Matches>
fs::path nearest_above(fs::path folder, Matches matches) {
  for (;;) {
    if (matches(folder)) return folder;
    if (!folder.has_relative_path()) return {};
    folder = folder.parent_path();
  }
}

bool has(const fs::path& folder, const char* name) {
  std::error_code error;  // what cannot be looked into is no project of this user's
  return fs::is_directory(folder / name, error);
}

}  // namespace

fs::path project_of(const fs::path& experiment_file) {
  const fs::path folder = fs::absolute(experiment_file).lexically_normal().parent_path();
  const fs::path found = nearest_above(folder, [](const fs::path& above) {
    return above.filename() == kExperiments || has(above, kStore);
  });
  if (found.empty()) return folder;
  return found.filename() == kExperiments ? found.parent_path() : found;
}

fs::path project_here() {
  const fs::path here = fs::current_path();
  const fs::path found = nearest_above(
      here, [](const fs::path& above) { return has(above, kStore) || has(above, kExperiments); });
  return found.empty() ? here : found;
}

fs::path store_of(const fs::path& project) {
  return project / kStore;
}

fs::path data_root_of(const fs::path& project) {
  const char* set = std::getenv("BENCH_DATA_DIR");
  const fs::path root = set && *set ? fs::path(set) : project / ".." / "shared";
  return fs::absolute(root).lexically_normal();
}

}  // namespace bench::runner
