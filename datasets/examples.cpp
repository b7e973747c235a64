#include "datasets/examples.h"

#include <algorithm>

#include "datasets/catalogue.h"
#include "datasets/embedded.h"
#include "datasets/halve.h"
#include "datasets/image_file.h"
#include "datasets/layouts.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

bool lies_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_in(const Split& split, const LaidOutExample& example) {
  if (!split.folders.empty() &&
      std::none_of(split.folders.begin(), split.folders.end(),
                   [&](const std::string& folder) { return lies_below(example.folder, folder); })) {
    return false;
  }
  if (split.first_id >= 0 && (!example.id || *example.id < split.first_id)) return false;
  return split.last_id < 0 || (example.id && *example.id <= split.last_id);
}

int channels_to_load(const DataSet& data_set, const LoadOptions& options) {
  const int channels = options.channels == 0 ? data_set.channels : options.channels;
  if (channels == data_set.channels || (channels == 1 && data_set.channels == 3)) return channels;
  const std::string possible = data_set.channels == 3 ? "1 or 3 channels" : "1 channel (gray)";
  throw DataSetError("data set \"" + data_set.name + "\": expected " + possible + ", found " +
                     std::to_string(channels));
}

Image read_as(const DataSet& data_set, const fs::path& file, int channels) {
  Image image = read_image(file).image;
  if (image.channels != data_set.channels) {
    throw ImageError(file.string() + ": expected an image with " +
                     std::to_string(data_set.channels) + " channels as data set \"" +
                     data_set.name + "\" has, found " + std::to_string(image.channels));
  }
  if (channels != image.channels) image = to_gray(image);
  return data_set.half_of.empty() ? image : halve(image);
}

Example load_side_by_side(const ExampleFiles& files, const Image& both) {
  if (both.width % 2 != 0) {
    throw ImageError(files.target.string() +
                     ": expected an even width (clear left, rainy right), found " +
                     shape_text(both));
  }
  const int half = both.width / 2;
  return {files.name, crop(both, 0, 0, both.height, half), crop(both, 0, half, both.height, half)};
}

Example load_example(const DataSet& data_set, const ExampleFiles& files, int channels) {
  if (data_set.layout == Layout::kSideBySide) {
    return load_side_by_side(files, read_as(data_set, files.target, channels));
  }
  Example example{files.name, {}, {}};
  if (!files.target.empty()) example.target = read_as(data_set, files.target, channels);
  if (!files.degraded.empty()) example.degraded = read_as(data_set, files.degraded, channels);
  if (example.target && example.degraded &&
      (example.target->height != example.degraded->height ||
       example.target->width != example.degraded->width)) {
    throw ImageError(files.degraded.string() + ": expected the shape of " + files.target.string() +
                     ", " + shape_text(*example.target) + ", found " +
                     shape_text(*example.degraded));
  }
  return example;
}

std::vector<Example> load_embedded(const DataSet& data_set, const Split& split, int channels,
                                   std::int64_t limit) {
  std::vector<Example> examples = embedded_examples(data_set, split, limit);
  if (channels == 3) return examples;
  for (Example& example : examples) {
    example.target = to_gray(*example.target);
    if (example.degraded) example.degraded = to_gray(*example.degraded);
  }
  return examples;
}

}  // namespace

std::vector<ExampleFiles> list_examples(const DataSet& data_set,
                                        const std::filesystem::path& folder, const Split& split) {
  std::vector<ExampleFiles> listed;
  if (data_set.layout == Layout::kEmbedded) {
    for (std::string& name : embedded_names(split)) listed.push_back({std::move(name), {}, {}});
    return listed;
  }
  std::size_t position = 0;
  for (LaidOutExample& example : lay_out(data_set, folder)) {
    if (!is_in(split, example)) continue;
    const auto parity = static_cast<int>(position++ % 2);
    if (split.position_parity >= 0 && parity != split.position_parity) continue;
    listed.push_back(std::move(example.files));
  }
  if (listed.empty()) {
    throw DataSetError(folder.string() + ": expected examples of split \"" + split.name +
                       "\" of data set \"" + data_set.name + "\" (" + split.description +
                       "), found none");
  }
  return listed;
}

std::vector<Example> load_examples(const DataSet& data_set,
                                   std::span<const std::filesystem::path> data_roots,
                                   std::string_view split_name, const LoadOptions& options) {
  const Split& split = find_split(data_set, split_name);
  const int channels = channels_to_load(data_set, options);
  if (data_set.layout == Layout::kEmbedded) {
    return load_embedded(data_set, split, channels, options.limit);
  }
  std::vector<ExampleFiles> files = list_examples(data_set, locate(data_set, data_roots), split);
  if (options.limit > 0 && static_cast<std::int64_t>(files.size()) > options.limit) {
    files.resize(static_cast<std::size_t>(options.limit));
  }
  std::vector<Example> examples;
  examples.reserve(files.size());
  for (const ExampleFiles& file : files) {
    examples.push_back(load_example(data_set, file, channels));
  }
  return examples;
}

}  // namespace bench::datasets
