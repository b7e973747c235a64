#include "datasets/import.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "datasets/catalogue.h"
#include "datasets/image_file.h"
#include "datasets/layouts.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeading = "# bench data set, format 1";

struct PairFolders {
  const char* degraded;
  const char* target;
};

// As data sets of this field and the tools that read them call the two sides of a pair.
constexpr PairFolders kPairFolders[] = {
    {"rain", "norain"}, {"degraded", "target"}, {"input", "target"}, {"input", "gt"},
    {"lq", "gt"},       {"LQ", "GT"},           {"noisy", "clean"},  {"noisy", "gt"},
    {"rainy", "clean"}, {"rain", "clean"},      {"blur", "sharp"},   {"hazy", "clear"}};

const PairFolders* pair_folders_in(const fs::path& folder) {
  for (const PairFolders& names : kPairFolders) {
    if (fs::is_directory(folder / names.degraded) && fs::is_directory(folder / names.target)) {
      return &names;
    }
  }
  return nullptr;
}

void require_name(std::string_view name) {
  const bool well_formed =
      !name.empty() && name.size() <= 64 && name.front() != '-' &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
  if (!well_formed) {
    throw DataSetError("import: expected a name of lower-case letters, digits and '-', found \"" +
                       std::string(name) + "\"");
  }
  for (const DataSet& known : list()) {
    if (known.name == name) {
      throw DataSetError("import: the catalogue already has a data set \"" + std::string(name) +
                         "\". Choose another name.");
    }
  }
}

ImageInfo checked_image(const fs::path& file) {
  // An experiment reads the images as they are, without options.
  const ImageInfo info = inspect_image(file);
  if (info.alpha) {
    throw DataSetError(file.string() + ": expected an image without transparency, found " +
                       to_string(info) + ". Remove its alpha channel before the import.");
  }
  if (info.bit_depth == 16) {
    throw DataSetError(file.string() + ": expected 8 bits a sample, found " + to_string(info) +
                       ". Convert it before the import.");
  }
  return read_image(file).info;
}

void require_same_shape(const ExampleFiles& files, const ImageInfo& target,
                        const ImageInfo& degraded) {
  if (target.height == degraded.height && target.width == degraded.width &&
      target.channels == degraded.channels) {
    return;
  }
  throw DataSetError(files.degraded.string() + ": expected the shape of its partner, " +
                     to_string(target) + ", found " + to_string(degraded));
}

// Reads every image once, so that a damaged one shows now and not in the middle of a run.
int channels_of_all(const std::vector<LaidOutExample>& examples) {
  int channels = 0;
  for (const LaidOutExample& example : examples) {
    const ImageInfo target = checked_image(example.files.target);
    if (!example.files.degraded.empty()) {
      require_same_shape(example.files, target, checked_image(example.files.degraded));
    }
    if (channels == 0) channels = target.channels;
    if (channels != target.channels) {
      throw DataSetError(example.files.target.string() + ": expected " + std::to_string(channels) +
                         " channels like the other images, found " + to_string(target) +
                         ". Import gray and color as two data sets.");
    }
  }
  return channels;
}

// Pairs if the folders of both sides are named.
DataSet described(std::string name, std::string folder, std::string degraded_folder,
                  std::string target_folder) {
  DataSet data_set;
  data_set.name = std::move(name);
  data_set.description = "imported folder";
  if (!degraded_folder.empty()) {
    data_set.kind = DataSetKind::kPairs;
    data_set.layout = Layout::kDegradedTarget;
    data_set.degraded_folder = std::move(degraded_folder);
    data_set.target_folder = std::move(target_folder);
  }
  data_set.terms = "As stated by its owner.";
  data_set.source = folder;
  data_set.folder = std::move(folder);
  data_set.splits = {{.name = "all", .description = "All examples of the imported folder."},
                     {.name = "even",
                      .description = "The 1st, 3rd, ... example of the imported folder.",
                      .position_parity = 0},
                     {.name = "odd",
                      .description = "The 2nd, 4th, ... example of the imported folder.",
                      .position_parity = 1}};
  return data_set;
}

std::string single_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// The value of "# key<TAB>value" in the heading, if it has one.
std::optional<std::string> find_heading_value(std::string_view text, std::string_view key) {
  const std::string start = "\n# " + std::string(key) + "\t";
  std::size_t line = text.find(start);
  if (line == std::string_view::npos) return std::nullopt;
  line += start.size();
  return std::string(text.substr(line, text.find('\n', line) - line));
}

std::string heading_value(std::string_view text, std::string_view key, std::string_view file_name) {
  if (const auto value = find_heading_value(text, key)) return *value;
  throw ManifestError(std::string(file_name) + ": expected a line \"# " + std::string(key) +
                      "<TAB>...\", found none. Import the folder again.");
}

// Below `folder`, in order, each once: an image may be the target of several.
std::vector<std::string> files_of(const std::vector<LaidOutExample>& examples,
                                  const fs::path& folder) {
  std::set<std::string> paths;
  for (const LaidOutExample& example : examples) {
    for (const fs::path& file : {example.files.target, example.files.degraded}) {
      if (!file.empty()) paths.insert(file.lexically_relative(folder).generic_string());
    }
  }
  return {paths.begin(), paths.end()};
}

// Without them the data set would be another one than the folder's owner thinks.
void require_no_unsupported_images(const fs::path& folder) {
  const auto unsupported = unsupported_images_below(folder);
  if (unsupported.empty()) return;
  throw DataSetError(
      (folder / unsupported.front()).string() + ": only PNG and JPEG images can be read, but " +
      std::to_string(unsupported.size()) + " of this folder are in another format. " +
      "Convert them to PNG or remove them");
}

}  // namespace

ImportedDataSet import_folder(std::string_view name, const std::filesystem::path& given) {
  require_name(name);
  fs::path folder = fs::absolute(given).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // "folder/"
  const PairFolders* pairs = pair_folders_in(folder);
  ImportedDataSet imported;
  imported.data_set =
      described(std::string(name), folder.string(), pairs != nullptr ? pairs->degraded : "",
                pairs != nullptr ? pairs->target : "");
  require_no_unsupported_images(folder);
  const auto examples = lay_out(imported.data_set, folder);
  imported.data_set.channels = channels_of_all(examples);
  imported.manifest = manifest_of_files(folder, files_of(examples, folder));
  return imported;
}

std::string to_text(const ImportedDataSet& imported) {
  const DataSet& data_set = imported.data_set;
  std::string text(kHeading);
  text += "\n# name\t" + data_set.name + "\n# folder\t" + single_line(data_set.folder) +
          "\n# kind\t" + std::string(to_string(data_set.kind)) + "\n# channels\t" +
          std::to_string(data_set.channels) + "\n";
  if (data_set.kind == DataSetKind::kPairs) {
    text +=
        "# degraded\t" + data_set.degraded_folder + "\n# target\t" + data_set.target_folder + "\n";
  }
  return text + to_text(imported.manifest);
}

ImportedDataSet parse_imported(std::string_view text, std::string_view file_name) {
  if (!text.starts_with(kHeading)) {
    throw ManifestError(std::string(file_name) + ":1: expected \"" + std::string(kHeading) +
                        "\", found \"" + std::string(text.substr(0, text.find('\n'))) + "\"");
  }
  const std::string kind = heading_value(text, "kind", file_name);
  const std::string channels = heading_value(text, "channels", file_name);
  if ((kind != "clean" && kind != "pairs") || (channels != "1" && channels != "3")) {
    throw ManifestError(std::string(file_name) +
                        ": expected kind clean or pairs and channels 1 or 3, found \"" + kind +
                        "\" and \"" + channels + "\"");
  }
  ImportedDataSet imported;
  // Without names the folders are those of deraining: there were no others once.
  const bool is_pairs = kind == "pairs";
  imported.data_set =
      described(heading_value(text, "name", file_name), heading_value(text, "folder", file_name),
                is_pairs ? find_heading_value(text, "degraded").value_or("rain") : "",
                is_pairs ? find_heading_value(text, "target").value_or("norain") : "");
  imported.data_set.channels = channels == "1" ? 1 : 3;
  imported.manifest = parse_manifest(text, file_name);
  return imported;
}

std::vector<Problem> verify_imported(const ImportedDataSet& imported) {
  const fs::path folder = locate(imported.data_set, {});
  std::vector<Problem> problems = verify_files(imported.manifest, folder);
  std::set<std::string_view> expected;
  for (const ManifestEntry& entry : imported.manifest) expected.insert(entry.path);
  try {
    for (const std::string& path : files_of(lay_out(imported.data_set, folder), folder)) {
      if (expected.contains(path)) continue;
      problems.push_back({ProblemKind::kUnexpected, path, "expected no such image"});
    }
  } catch (const DataSetError& error) {
    // Images that are missing, or lack their partners: the manifest has named them.
    if (problems.empty()) throw;
  }
  return problems;
}

ImportedDataSet load_imported_file(const std::filesystem::path& file) {
  return parse_imported(files::read_file(file), file.string());
}

void save_imported(const std::filesystem::path& registry, const ImportedDataSet& imported) {
  try {
    files::make_folders(registry);
    files::write_file(registry / (imported.data_set.name + ".tsv"), to_text(imported));
  } catch (const files::FileError& error) {
    throw DataSetError(error.what());
  }
}

std::vector<ImportedDataSet> load_imported(const std::filesystem::path& registry) {
  std::vector<ImportedDataSet> all;
  std::error_code error;
  if (!fs::is_directory(registry, error)) return all;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(registry)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) all.push_back(load_imported_file(file));
  return all;
}

}  // namespace bench::datasets
