#include "runner/record/garbage.h"

#include <algorithm>
#include <limits>
#include <map>
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

/// The folders that each run needs: those of its stages, and of what these read.
class Needs {
 public:
  Needs(const fs::path& store, const db::RunReader& reader) : stages_(store), reader_(reader) {}

  std::set<fs::path> of_run(const std::string& run_id) {
    std::vector<fs::path> to_do;
    for (const auto& key : reader_.keys_of_run(run_id)) {
      to_do.push_back(stages_.folder_of(key).lexically_normal());
    }
    std::set<fs::path> needed;
    while (!to_do.empty()) {
      const fs::path folder = to_do.back();
      to_do.pop_back();
      if (!needed.insert(folder).second) continue;
      const auto& read = read_by(folder);
      to_do.insert(to_do.end(), read.begin(), read.end());
    }
    return needed;
  }

 private:
  // Runs share stages: each request is read once.
  const std::vector<fs::path>& read_by(const fs::path& folder) {
    const auto [found, is_new] = read_by_.try_emplace(folder);
    if (!is_new) return found->second;
    if (const auto request = request_of_folder(folder)) {
      for (const auto& input : request->inputs) {
        found->second.push_back(folder_read_by(folder, input));
      }
    }
    return found->second;
  }

  StageStore stages_;
  const db::RunReader& reader_;
  std::map<fs::path, std::vector<fs::path>> read_by_;
};

std::vector<std::string> all_runs(const db::RunReader& reader) {
  std::vector<std::string> ids;
  for (const auto& run : reader.runs({.limit = std::numeric_limits<int>::max()})) {
    ids.push_back(run.run_id);
  }
  return ids;
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
  Needs needs(store, reader);
  std::set<fs::path> needed;
  for (const auto& run : all_runs(reader)) needed.merge(needs.of_run(run));
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

std::vector<KeptByRun> kept_by_runs(const fs::path& store, const db::RunReader& reader) {
  Needs needs(store, reader);
  std::vector<std::pair<std::string, std::set<fs::path>>> folders;
  std::map<fs::path, int> users;
  for (const auto& run : all_runs(reader)) {
    folders.emplace_back(run, needs.of_run(run));
    for (const auto& folder : folders.back().second) ++users[folder];
  }
  std::map<fs::path, std::int64_t> sizes;
  for (const auto& [folder, count] : users) sizes[folder] = bytes_below(folder);
  std::vector<KeptByRun> kept;
  for (const auto& [run, needed] : folders) {
    KeptByRun one{.run_id = run, .stages = needed.size()};
    for (const auto& folder : needed) {
      one.bytes += sizes[folder];
      if (users[folder] == 1) one.own_bytes += sizes[folder];
    }
    kept.push_back(one);
  }
  return kept;
}

}  // namespace bench::runner
