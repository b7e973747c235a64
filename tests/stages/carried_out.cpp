#include "carried_out.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/files/read_file.h"
#include "datasets/image_file.h"
#include "stages/stage.h"

namespace bench::stages {
namespace {

exchange::StageResult result_of(Stage& stage) {
  const auto& kind = stage.request.kind;
  if (kind == "search") return search(stage);
  if (kind == "train") return train(stage);
  if (kind == "evaluate") return evaluate(stage);
  if (kind == "cost") return measure_cost(stage);
  throw std::runtime_error("no stage of kind " + kind);
}

}  // namespace

CarriedOut carried_out(const std::filesystem::path& folder) {
  exchange::EventWriter events(folder);
  Stage stage{folder, exchange::read_request(folder), events};
  auto result = result_of(stage);
  return {folder, std::move(result), exchange::read_events(folder).points};
}

std::string sha256_of(const exchange::StageResult& result, const std::string& role) {
  for (const auto& artifact : result.artifacts) {
    if (artifact.role == role) return artifact.sha256;
  }
  throw std::runtime_error("no artifact of the role " + role);
}

std::vector<double> series_of(const CarriedOut& stage, const std::string& name) {
  std::vector<double> values;
  for (const auto& point : stage.points) {
    if (point.series == name) values.push_back(point.value);
  }
  return values;
}

void replace_images(const StageFolders& folders, const std::string& place, std::size_t first,
                    std::size_t step) {
  const auto data = folders.path("data");
  const auto index = nlohmann::json::parse(files::read_file(data / "artifacts/data.json"));
  const auto& set = place == "train" ? index.at("train") : index.at("test").at(0);
  const auto& examples = set.at("examples");
  for (auto i = first; i < examples.size(); i += step) {
    const auto file = data / examples[i].at("target").get<std::string>();
    auto image = datasets::read_image(file).image;
    for (auto& sample : image.samples) sample = static_cast<std::uint8_t>(255 - sample);
    datasets::write_png(file, image);
  }
}

}  // namespace bench::stages
