#include "runner/record/garbage.h"

#include <algorithm>
#include <limits>
#include <set>

#include "runner/execute/stage_store.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

fs::path folder_read_by(const fs::path& stage_folder, const exchange::InputFolder& input) {
  return (stage_folder / input.folder).lexically_normal();
}

std::optional<exchange::StageRequest> request_of_folder(const fs::path& folder) {
  try {
    if (fs::exists(folder / exchange::kRequestFile)) return exchange::read_request(folder);
  } catch (const std::runtime_error&) {
    // A folder whose request is damaged reads nothing that could be known.
  }
  return std::nullopt;
}

// The folders of all stages of all runs, and of what they read.
std::set<fs::path> needed_folders(const fs::path& store, const db::RunReader& reader) {
  const StageStore stages(store);
  std::vector<fs::path> to_do;
  for (const auto& run : reader.runs({.limit = std::numeric_limits<int>::max()})) {
    for (const auto& key : reader.keys_of_run(run.run_id)) {
      to_do.push_back(stages.folder_of(key).lexically_normal());
    }
  }
  std::set<fs::path> needed;
  while (!to_do.empty()) {
    const fs::path folder = to_do.back();
    to_do.pop_back();
    if (!needed.insert(folder).second) continue;
    const auto request = request_of_folder(folder);
    if (!request) continue;
    for (const auto& input : request->inputs) to_do.push_back(folder_read_by(folder, input));
  }
  return needed;
}

std::int64_t bytes_below(const fs::path& folder) {
  std::int64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code unknown;
    if (it->is_regular_file(unknown)) {
      bytes += static_cast<std::int64_t>(it->file_size(unknown));
    }
  }
  return bytes;
}

}  // namespace

std::vector<UnneededStage> unneeded_stages(const fs::path& store, const db::RunReader& reader) {
  std::vector<UnneededStage> found;
  if (!fs::is_directory(store / "store")) return found;
  const auto needed = needed_folders(store, reader);
  for (const auto& shelf : fs::directory_iterator(store / "store")) {
    if (!shelf.is_directory()) continue;
    for (const auto& entry : fs::directory_iterator(shelf.path())) {
      const auto folder = entry.path().lexically_normal();
      if (!entry.is_directory() || needed.contains(folder)) continue;
      const auto request = request_of_folder(folder);
      found.push_back({.key = shelf.path().filename().string() + folder.filename().string(),
                       .name = request ? request->name : "",
                       .folder = folder,
                       .bytes = bytes_below(folder)});
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return found;
}

}  // namespace bench::runner
