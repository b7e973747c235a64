#include "datasets/layouts.h"

#include <algorithm>
#include <array>
#include <map>

#include "datasets/image_format.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

std::vector<fs::path> files_below(const fs::path& folder, FileKind kind) {
  std::vector<fs::path> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file() && !entry->path().filename().string().starts_with('.') &&
        kind_of_file(entry->path()) == kind) {
      files.push_back(entry->path().lexically_relative(folder));
    }
  }
  if (error) {
    throw DataSetError(folder.string() + ": cannot read the folder: " + error.message());
  }
  return files;
}

// Paths of all images below `folder`, relative to it.
std::vector<fs::path> images_below(const fs::path& folder) {
  return files_below(folder, FileKind::kImage);
}

[[noreturn]] void refuse(const DataSet& data_set, const fs::path& where,
                         const std::string& expected) {
  throw DataSetError(where.string() + ": expected " + expected + ", found none (data set \"" +
                     data_set.name + "\", layout " + std::string(to_string(data_set.layout)) + ")");
}

std::string name_without_suffix(const fs::path& relative) {
  return (relative.parent_path() / relative.stem()).generic_string();
}

LaidOutExample example_of(std::string name, const fs::path& relative_target, fs::path target,
                          fs::path degraded) {
  return {{std::move(name), std::move(target), std::move(degraded)},
          relative_target.parent_path().generic_string(),
          first_number(relative_target.stem().string())};
}

using Examples = std::vector<LaidOutExample>;

Examples single_images(const DataSet& data_set, const fs::path& folder) {
  Examples examples;
  for (const fs::path& image : images_below(folder)) {
    const bool is_degraded = data_set.kind == DataSetKind::kDegraded;
    examples.push_back(example_of(name_without_suffix(image), image,
                                  is_degraded ? fs::path() : folder / image,
                                  is_degraded ? folder / image : fs::path()));
  }
  return examples;
}

// Images of one name in two folders.
Examples paired_folders(const DataSet& data_set, const fs::path& folder,
                        const std::string& degraded, const std::string& target) {
  Examples examples;
  for (const fs::path& image : images_below(folder / target)) {
    const fs::path partner = folder / degraded / image;
    if (!fs::exists(partner)) {
      refuse(data_set, partner, "the partner of " + target + "/" + image.string());
    }
    examples.push_back(
        example_of(name_without_suffix(image), image, folder / target / image, partner));
  }
  for (const fs::path& image : images_below(folder / degraded)) {
    const fs::path partner = folder / target / image;
    if (!fs::exists(partner)) {
      refuse(data_set, partner, "the partner of " + degraded + "/" + image.string());
    }
  }
  return examples;
}

Examples side_by_side(const fs::path& folder) {
  Examples examples;
  for (const fs::path& image : images_below(folder)) {
    examples.push_back(
        example_of(name_without_suffix(image), image, folder / image, folder / image));
  }
  return examples;
}

// norain-N.png beside rain-N.png, or with the rainy one in rainy/ or rain/.
Examples prefixed_rain(const DataSet& data_set, const fs::path& folder) {
  constexpr std::string_view kClean = "norain-";
  Examples examples;
  for (const fs::path& image : images_below(folder)) {
    const std::string file_name = image.filename().string();
    if (!file_name.starts_with(kClean)) continue;
    const fs::path beside = folder / image.parent_path();
    const std::string rainy_name = "rain-" + file_name.substr(kClean.size());
    fs::path rainy = beside / rainy_name;
    for (const char* sub_folder : {"rainy", "rain"}) {
      if (!fs::exists(rainy)) rainy = beside / sub_folder / rainy_name;
    }
    if (!fs::exists(rainy)) {
      refuse(data_set, beside / rainy_name, "the partner of " + image.string());
    }
    const std::string number = image.stem().string().substr(kClean.size());
    examples.push_back(
        example_of((image.parent_path() / number).generic_string(), image, folder / image, rainy));
  }
  return examples;
}

// The folder pairs that hold ground truth and rain: at the top and below the parts.
std::vector<std::pair<fs::path, fs::path>> many_per_clean_folders(const fs::path& folder) {
  std::vector<std::pair<fs::path, fs::path>> folders;
  for (const char* part : {"", "training", "testing", "train", "test"}) {
    for (const char space : {'_', ' '}) {
      const fs::path clean = folder / part / (std::string("ground") + space + "truth");
      const fs::path rainy = folder / part / (std::string("rainy") + space + "image");
      if (fs::is_directory(clean) && fs::is_directory(rainy)) folders.emplace_back(clean, rainy);
    }
  }
  return folders;
}

Examples many_per_clean(const DataSet& data_set, const fs::path& folder) {
  Examples examples;
  for (const auto& [clean_folder, rainy_folder] : many_per_clean_folders(folder)) {
    std::map<std::string, fs::path> clean_of;
    for (const fs::path& clean : images_below(clean_folder)) clean_of[clean.stem()] = clean;
    for (const fs::path& rainy : images_below(rainy_folder)) {
      const std::string stem = rainy.stem().string();
      const auto clean = clean_of.find(stem.substr(0, stem.find('_')));
      if (clean == clean_of.end()) {
        refuse(data_set, clean_folder / (stem.substr(0, stem.find('_')) + ".jpg"),
               "the clean image of " + rainy.string());
      }
      examples.push_back(
          example_of(stem, clean->second, clean_folder / clean->second, rainy_folder / rainy));
    }
  }
  return examples;
}

Examples unsorted(const DataSet& data_set, const fs::path& folder) {
  switch (data_set.layout) {
    case Layout::kEmbedded:
      return {};
    case Layout::kImages:
      return single_images(data_set, folder);
    case Layout::kRainNoRain:
      return paired_folders(data_set, folder, "rain", "norain");
    case Layout::kDegradedTarget:
      return paired_folders(data_set, folder, data_set.degraded_folder, data_set.target_folder);
    case Layout::kSideBySide:
      return side_by_side(folder);
    case Layout::kPrefixedRain:
      return prefixed_rain(data_set, folder);
    case Layout::kManyPerClean:
      return many_per_clean(data_set, folder);
  }
  return {};
}

}  // namespace

std::optional<std::int64_t> first_number(std::string_view stem) {
  const auto begin = std::find_if(stem.begin(), stem.end(), is_digit);
  const auto end = std::find_if_not(begin, stem.end(), is_digit);
  // More digits than any id has would overflow.
  if (begin == end || end - begin > 18) return std::nullopt;
  std::int64_t number = 0;
  for (auto digit = begin; digit != end; ++digit) number = 10 * number + (*digit - '0');
  return number;
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
      continue;
    }
    const auto run = [](std::string_view text, std::size_t& position) {
      while (position < text.size() && text[position] == '0') ++position;
      const std::size_t start = position;
      while (position < text.size() && is_digit(text[position])) ++position;
      return text.substr(start, position - start);
    };
    const std::string_view left = run(a, i);
    const std::string_view right = run(b, j);
    if (left.size() != right.size()) return left.size() < right.size();
    if (left != right) return left < right;
  }
  if (i < a.size() || j < b.size()) return j < b.size();
  return a < b;  // "01" and "1" are unlike names of one value
}

std::vector<fs::path> unsupported_images_below(const fs::path& folder) {
  return files_below(folder, FileKind::kUnsupportedImage);
}

std::vector<LaidOutExample> lay_out(const DataSet& data_set, const std::filesystem::path& folder) {
  Examples examples = unsorted(data_set, folder);
  if (examples.empty()) refuse(data_set, folder, "images in this layout");
  std::sort(examples.begin(), examples.end(), [](const LaidOutExample& a, const LaidOutExample& b) {
    return natural_less(a.files.name, b.files.name);
  });
  return examples;
}

}  // namespace bench::datasets
