#include "datasets/catalogue.h"

#include <vector>

#include "datasets/catalogue_table.h"
#include "datasets/unknown_name.h"

namespace bench::datasets {
namespace {

std::string how_to_get(const DataSet& data_set) {
  if (data_set.repository.empty()) return "Get it from its authors: " + data_set.source + ".";
  const std::string& url = data_set.repository;
  const std::size_t slash = url.rfind('/') + 1;
  const std::string clone = url.substr(slash, url.rfind(".git") - slash);
  return "Get it: git clone " + url + " && git -C " + clone + " checkout " + data_set.revision +
         " && bench data fetch " + data_set.name + " --from " + clone;
}

std::optional<std::string> overlap_of_bases(std::string_view a, std::string_view b) {
  for (const KnownOverlap& known : known_overlaps()) {
    if ((known.a == a && known.b == b) || (known.a == b && known.b == a)) {
      return std::string(known.sentence);
    }
  }
  constexpr std::string_view kEmbedded = "embedded-";
  if (a != b && a.starts_with(kEmbedded) && b.starts_with(kEmbedded)) {
    return std::string(a) + " and " + std::string(b) +
           " show the same scenes; training and test scenes are different.";
  }
  return std::nullopt;
}

}  // namespace

std::span<const DataSet> list() {
  return catalogue_table();
}

const DataSet& find(std::string_view name, std::span<const DataSet> imported) {
  std::vector<std::string_view> known;
  for (const auto sets : {list(), imported}) {
    for (const DataSet& data_set : sets) {
      if (data_set.name == name) return data_set;
      known.push_back(data_set.name);
    }
  }
  throw DataSetError("data set: " + unknown_name_text(name, known));
}

std::filesystem::path locate(const DataSet& data_set,
                             std::span<const std::filesystem::path> data_roots) {
  if (data_set.layout == Layout::kEmbedded) return {};
  const std::filesystem::path folder(data_set.folder);
  std::error_code error;
  if (folder.is_absolute()) {
    if (std::filesystem::is_directory(folder, error)) return folder;
    throw DataSetError("data set \"" + data_set.name +
                       "\": expected the folder that was imported, " + data_set.folder +
                       ", found none. Put it back, or import it again: bench " + "data import " +
                       data_set.name + " FOLDER");
  }
  std::string looked_at;
  for (const auto& root : data_roots) {
    if (std::filesystem::is_directory(root / folder, error)) return root / folder;
    looked_at += (looked_at.empty() ? "" : ", ") + (root / folder).string();
  }
  if (looked_at.empty()) looked_at = "no data root";
  throw DataSetError("data set \"" + data_set.name + "\": its folder " + data_set.folder +
                     " was not found; looked for " + looked_at +
                     ". Set BENCH_DATA_DIR to the folder that contains data/" + data_set.folder +
                     ". " + how_to_get(data_set));
}

std::optional<Manifest> committed_manifest(std::string_view name) {
  const std::string_view text = committed_manifest_text(name);
  if (text.empty()) return std::nullopt;
  return parse_manifest(text, "manifest of " + std::string(name));
}

std::vector<Problem> verify(const DataSet& data_set, const std::filesystem::path& data_root) {
  const auto manifest = committed_manifest(data_set.name);
  if (!manifest) {
    throw DataSetError("data set \"" + data_set.name +
                       "\": there is no manifest to compare with, because " +
                       (data_set.layout == Layout::kEmbedded ? "the program generates it"
                                                             : "only its layout is known"));
  }
  return verify_folder(*manifest, locate(data_set, {&data_root, 1}));
}

std::string base_of(std::string_view name) {
  for (const DataSet& data_set : list()) {
    if (data_set.name == name && !data_set.half_of.empty()) return data_set.half_of;
  }
  return std::string(name);
}

std::optional<std::string> overlap(std::string_view a, std::string_view b) {
  if (a != b && base_of(a) == base_of(b)) {
    return std::string(a) + " and " + std::string(b) + " are the same images at two sizes.";
  }
  return overlap_of_bases(base_of(a), base_of(b));
}

}  // namespace bench::datasets
