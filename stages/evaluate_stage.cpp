#include <optional>
#include <stdexcept>

#include "datasets/degradation.h"
#include "datasets/image_file.h"
#include "metrics/protocol.h"
#include "metrics/score.h"
#include "stages/device.h"
#include "stages/kept_memory.h"
#include "stages/prepared_data.h"
#include "stages/restoration.h"
#include "stages/stage.h"

namespace bench::stages {
namespace {

using datasets::FloatImage;
using datasets::Image;

metrics::FloatImage view_of(const FloatImage& image) {
  return {image.channels, image.height, image.width, image.samples};
}

metrics::ByteImage view_of(const Image& image) {
  return {image.channels, image.height, image.width, image.samples};
}

/// Restores and scores the test images of one task.
class Evaluation {
 public:
  Evaluation(Stage& stage, const exchange::EvaluateStage& settings)
      : stage_(stage),
        settings_(settings),
        degradation_(degradation_of(settings.task.degradation)) {
    for (const auto& text : settings.protocols) {
      protocols_.push_back(metrics::parse_protocol(text));
    }
  }

  exchange::StageResult run() {
    const auto sets = read_test_sets(input_folder(stage_, "data"));
    std::int64_t images = 0, done = 0;
    for (const auto& set : sets) images += static_cast<std::int64_t>(set.examples.size());
    if (images == 0) throw std::runtime_error("there are no test images to evaluate on");
    for (const auto& set : sets) {
      for (const auto& example : set.examples) {
        if (is_interrupted()) throw Interrupted();
        add_example(set.data_set, example);
        kept_memory_.after_image();
        stage_.events.progress({.step = ++done, .steps = images});
      }
      kept_ = 0;
    }
    return std::move(result_);
  }

 private:
  FloatImage degraded_of(const std::string& data_set, const datasets::Example& example) const {
    if (example.degraded) return datasets::to_float(*example.degraded);
    auto stream = datasets::noise_stream(settings_.noise_seed, data_set + "/" + example.name,
                                         degradation_.sigma_8bit);
    return datasets::degrade(*example.target, degradation_, stream);
  }

  const FloatImage& restored(const FloatImage& degraded, bool self_ensemble) {
    auto& kept = self_ensemble ? ensemble_ : single_;
    auto& restoration = self_ensemble ? restore_ensemble_ : restore_single_;
    if (!kept) {
      if (!restoration) restoration = make_restoration(stage_, settings_, self_ensemble);
      kept = restoration(degraded);
    }
    return *kept;
  }

  void add_example(const std::string& data_set, const datasets::Example& example) {
    const FloatImage degraded = degraded_of(data_set, example);
    single_.reset();
    ensemble_.reset();
    for (std::size_t i = 0; i < protocols_.size(); ++i) {
      const bool x8 = protocols_[i].self_ensemble == metrics::SelfEnsemble::kX8;
      const double value =
          metrics::score(protocols_[i], view_of(restored(degraded, x8)), view_of(*example.target));
      result_.scores.push_back({data_set, example.name, settings_.protocols[i], value});
    }
    if (kept_ < settings_.keep_images) keep(data_set, example, degraded);
  }

  void keep(const std::string& data_set, const datasets::Example& example,
            const FloatImage& degraded) {
    ++kept_;
    const std::string name = data_set + "-" + example.name + ".png";
    write("degraded", name, datasets::to_bytes(degraded));
    write("restored", name, datasets::to_bytes(restored(degraded, false)));
    write("target", name, *example.target);
  }

  void write(const std::string& role, const std::string& name, const Image& image) {
    const std::string path = "artifacts/images/" + role + "/" + name;
    std::filesystem::create_directories((stage_.folder / path).parent_path());
    datasets::write_png(stage_.folder / path, image);
    result_.artifacts.push_back(artifact(stage_, "image/" + role + "/" + name, path));
  }

  Stage& stage_;
  const exchange::EvaluateStage& settings_;
  const datasets::Degradation degradation_;
  std::vector<metrics::Protocol> protocols_;
  exchange::StageResult result_;
  std::int64_t kept_ = 0;  ///< images of the present data set
  KeptMemory kept_memory_;
  Restoration restore_single_, restore_ensemble_;
  std::optional<FloatImage> single_, ensemble_;  ///< of the present example
};

}  // namespace

exchange::StageResult evaluate(Stage& stage) {
  const auto settings = exchange::parse_evaluate_stage(stage.request.settings_json);
  prepare_device(settings.machine);
  return Evaluation(stage, settings).run();
}

}  // namespace bench::stages
