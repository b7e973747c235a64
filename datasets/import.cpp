#include "datasets/import.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "core/files/write_file.h"
#include "datasets/catalogue.h"
#include "datasets/image_file.h"
#include "datasets/layouts.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeading = "# bench data set, format 1";

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
  const ReadImage read = read_image(file);
  return read.info;
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

DataSet described(std::string name, std::string folder, DataSetKind kind) {
  DataSet data_set;
  data_set.name = std::move(name);
  data_set.description = "imported folder";
  data_set.kind = kind;
  data_set.layout = kind == DataSetKind::kPairs ? Layout::kRainNoRain : Layout::kImages;
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

// The value of "# key<TAB>value" in the heading.
std::string heading_value(std::string_view text, std::string_view key, std::string_view file_name) {
  const std::string start = "# " + std::string(key) + "\t";
  std::size_t line = text.find(start);
  if (line == std::string_view::npos) {
    throw ManifestError(std::string(file_name) + ": expected a line \"# " + std::string(key) +
                        "<TAB>...\", found none. Import the folder again.");
  }
  line += start.size();
  return std::string(text.substr(line, text.find('\n', line) - line));
}

}  // namespace

ImportedDataSet import_folder(std::string_view name, const std::filesystem::path& folder) {
  require_name(name);
  const bool has_pairs = fs::is_directory(folder / "rain") && fs::is_directory(folder / "norain");
  ImportedDataSet imported;
  imported.data_set = described(std::string(name), fs::absolute(folder).lexically_normal().string(),
                                has_pairs ? DataSetKind::kPairs : DataSetKind::kClean);
  imported.data_set.channels = channels_of_all(lay_out(imported.data_set, folder));
  imported.manifest = manifest_of_folder(folder);
  return imported;
}

std::string to_text(const ImportedDataSet& imported) {
  const DataSet& data_set = imported.data_set;
  std::string text(kHeading);
  text += "\n# name\t" + data_set.name + "\n# folder\t" + single_line(data_set.folder) +
          "\n# kind\t" + std::string(to_string(data_set.kind)) + "\n# channels\t" +
          std::to_string(data_set.channels) + "\n";
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
  imported.data_set =
      described(heading_value(text, "name", file_name), heading_value(text, "folder", file_name),
                kind == "pairs" ? DataSetKind::kPairs : DataSetKind::kClean);
  imported.data_set.channels = channels == "1" ? 1 : 3;
  imported.manifest = parse_manifest(text, file_name);
  return imported;
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
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)),
                           std::istreambuf_iterator<char>());
    all.push_back(parse_imported(text, file.string()));
  }
  return all;
}

}  // namespace bench::datasets
