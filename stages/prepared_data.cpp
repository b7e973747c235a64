#include "stages/prepared_data.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/digest/sha256.h"
#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "datasets/catalogue.h"
#include "datasets/image_file.h"
#include "datasets/import.h"

namespace bench::stages {
namespace {

using nlohmann::json;

constexpr const char* kIndex = "artifacts/data.json";

// The set of the catalogue, or the imported one, whose images are those of the plan.
datasets::DataSet set_of(const exchange::DataSelection& selection,
                         const exchange::StageRequest& request) {
  if (selection.manifest_sha256.empty()) return datasets::find(selection.set);
  const auto imported = datasets::load_imported_file(request.data_sets.at(selection.set));
  const std::string again = "; bench data import " + selection.set + " takes it as it is now";
  if (datasets::manifest_sha256(imported.manifest) != selection.manifest_sha256) {
    throw std::runtime_error("data set \"" + selection.set +
                             "\": expected the images that were planned with, found others; " +
                             "plan again");
  }
  const auto problems = datasets::verify_imported(imported);
  if (problems.empty()) return imported.data_set;
  throw std::runtime_error("data set \"" + selection.set + "\", " + problems.front().path +
                           ": expected the file that was imported: " + problems.front().detail +
                           again);
}

PreparedSet load_selection(const exchange::DataSelection& selection, std::int64_t channels,
                           const exchange::StageRequest& request) {
  const std::vector<std::filesystem::path> roots = {std::filesystem::path(request.data_root) /
                                                    "data"};
  const datasets::DataSet set = set_of(selection, request);
  return {selection.set, datasets::load_examples(
                             set, roots, selection.split,
                             {.channels = static_cast<int>(channels), .limit = selection.count})};
}

// Writes one image and notes it; returns its path below the stage's folder.
std::string write_image(Stage& stage, const std::string& folder, const std::string& name,
                        const datasets::Image& image, const std::string& data_set,
                        exchange::StageResult& result) {
  const std::string path = "artifacts/" + folder + "/" + name + ".png";
  std::filesystem::create_directories((stage.folder / path).parent_path());
  datasets::write_png(stage.folder / path, image);
  const auto written = artifact(stage, "image", path);
  result.data_files.push_back({data_set, folder + "/" + name, written.size, written.sha256});
  return path;
}

json write_set(Stage& stage, const std::string& folder, const PreparedSet& set,
               exchange::StageResult& result) {
  json examples = json::array();
  for (const auto& example : set.examples) {
    json entry = {{"name", example.name}};
    if (example.target) {
      entry["target"] = write_image(stage, folder + "/target", example.name, *example.target,
                                    set.data_set, result);
    }
    if (example.degraded) {
      entry["degraded"] = write_image(stage, folder + "/degraded", example.name, *example.degraded,
                                      set.data_set, result);
    }
    examples.push_back(entry);
  }
  return {{"data_set", set.data_set}, {"examples", examples}};
}

PreparedSet read_set(const std::filesystem::path& folder, const json& entry) {
  PreparedSet set{entry.at("data_set"), {}};
  for (const auto& example : entry.at("examples")) {
    datasets::Example read{.name = example.at("name")};
    if (example.contains("target")) {
      read.target = datasets::read_image(folder / example["target"].get<std::string>()).image;
    }
    if (example.contains("degraded")) {
      read.degraded = datasets::read_image(folder / example["degraded"].get<std::string>()).image;
    }
    set.examples.push_back(std::move(read));
  }
  return set;
}

json read_index(const std::filesystem::path& folder) {
  return json::parse(files::read_file(folder / kIndex));
}

}  // namespace

PreparedData load_sources(const exchange::TaskSettings& task,
                          const exchange::StageRequest& request) {
  PreparedData data;
  if (!task.train.set.empty()) data.train = load_selection(task.train, task.channels, request);
  for (const auto& test : task.test) {
    data.test.push_back(load_selection(test, task.channels, request));
  }
  return data;
}

void write_prepared(Stage& stage, const PreparedData& data, exchange::StageResult& result) {
  json index = {{"train", write_set(stage, "train", data.train, result)}, {"test", json::array()}};
  for (std::size_t i = 0; i < data.test.size(); ++i) {
    const std::string folder = "test" + std::to_string(i);
    index["test"].push_back(write_set(stage, folder, data.test[i], result));
  }
  files::write_file(stage.folder / kIndex, index.dump(1) + "\n");
  result.artifacts.push_back(artifact(stage, "data", kIndex));
}

std::shared_ptr<const std::vector<datasets::Example>> read_training_examples(
    const std::filesystem::path& prepare_folder) {
  auto set = read_set(prepare_folder, read_index(prepare_folder).at("train"));
  return std::make_shared<const std::vector<datasets::Example>>(std::move(set.examples));
}

std::int64_t training_data_bytes(const exchange::StageRequest& request,
                                 const std::filesystem::path& stage_folder) {
  std::int64_t bytes = 0;
  try {
    for (const auto& input : request.inputs) {
      if (input.role != "data") continue;
      const auto folder = stage_folder / input.folder;
      const json index = read_index(folder);
      for (const auto& example : index.at("train").at("examples")) {
        for (const char* side : {"target", "degraded"}) {
          if (!example.contains(side)) continue;
          const auto info = datasets::inspect_image(folder / example[side].get<std::string>());
          bytes += std::int64_t{info.height} * info.width * info.channels;
        }
      }
    }
  } catch (const std::exception&) {
    return 0;  // it serves an error message: that one must not be lost over this one
  }
  return bytes;
}

std::vector<PreparedSet> read_test_sets(const std::filesystem::path& prepare_folder) {
  std::vector<PreparedSet> sets;
  const json index = read_index(prepare_folder);
  for (const auto& entry : index.at("test")) sets.push_back(read_set(prepare_folder, entry));
  return sets;
}

datasets::Degradation degradation_of(const exchange::Degradation& settings) {
  if (settings.kind == "rain") return {.kind = datasets::DegradationKind::kPaired};
  if (settings.kind != "gaussian") {
    throw std::runtime_error("unknown degradation \"" + settings.kind + "\"");
  }
  return {.kind = settings.noise == exchange::kTruncatedNoise
                      ? datasets::DegradationKind::kAwgnClipTruncate
                      : datasets::DegradationKind::kAwgnFloat,
          .sigma_8bit = settings.sigma_8bit};
}

}  // namespace bench::stages
