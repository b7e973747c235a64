#include <optional>
#include <stdexcept>

#include "datasets/degradation.h"
#include "datasets/picture_file.h"
#include "metrics/protocol.h"
#include "metrics/score.h"
#include "stages/device.h"
#include "stages/prepared_data.h"
#include "stages/restoration.h"
#include "stages/stage.h"

namespace bench::stages {
namespace {

using datasets::FloatPicture;
using datasets::Picture;

metrics::FloatImage view_of(const FloatPicture& picture) {
  return {picture.channels, picture.height, picture.width, picture.samples};
}

metrics::ByteImage view_of(const Picture& picture) {
  return {picture.channels, picture.height, picture.width, picture.samples};
}

/// Restores and scores the test pictures of one task.
class Evaluation {
 public:
  Evaluation(Stage& stage, const stage_files::EvaluateStage& settings)
      : stage_(stage),
        settings_(settings),
        degradation_(degradation_of(settings.task.degradation)) {
    for (const auto& text : settings.protocols) {
      protocols_.push_back(metrics::parse_protocol(text));
    }
  }

  stage_files::StageResult run() {
    const auto sets = read_test_sets(input_folder(stage_, "data"));
    std::int64_t pictures = 0, done = 0;
    for (const auto& set : sets) pictures += static_cast<std::int64_t>(set.examples.size());
    if (pictures == 0) throw std::runtime_error("there is no test picture to evaluate on");
    for (const auto& set : sets) {
      for (const auto& example : set.examples) {
        if (is_interrupted()) throw Interrupted();
        add_example(set.data_set, example);
        stage_.events.progress({.step = ++done, .steps = pictures});
      }
      kept_ = 0;
    }
    return std::move(result_);
  }

 private:
  FloatPicture degraded_of(const std::string& data_set, const datasets::Example& example) const {
    if (example.degraded) return datasets::to_float(*example.degraded);
    auto stream = datasets::noise_stream(settings_.noise_seed, data_set + "/" + example.name,
                                         degradation_.sigma_8bit);
    return datasets::degrade(*example.target, degradation_, stream);
  }

  const FloatPicture& restored(const FloatPicture& degraded, bool self_ensemble) {
    auto& kept = self_ensemble ? ensemble_ : single_;
    auto& restoration = self_ensemble ? restore_ensemble_ : restore_single_;
    if (!kept) {
      if (!restoration) restoration = make_restoration(stage_, settings_, self_ensemble);
      kept = restoration(degraded);
    }
    return *kept;
  }

  void add_example(const std::string& data_set, const datasets::Example& example) {
    const FloatPicture degraded = degraded_of(data_set, example);
    single_.reset();
    ensemble_.reset();
    for (std::size_t i = 0; i < protocols_.size(); ++i) {
      const bool x8 = protocols_[i].self_ensemble == metrics::SelfEnsemble::kX8;
      const double value =
          metrics::score(protocols_[i], view_of(restored(degraded, x8)), view_of(*example.target));
      result_.scores.push_back({data_set, example.name, settings_.protocols[i], value});
    }
    if (kept_ < settings_.keep_pictures) keep(data_set, example, degraded);
  }

  void keep(const std::string& data_set, const datasets::Example& example,
            const FloatPicture& degraded) {
    ++kept_;
    const std::string name = data_set + "-" + example.name + ".png";
    write("degraded", name, datasets::to_bytes(degraded));
    write("restored", name, datasets::to_bytes(restored(degraded, false)));
    write("target", name, *example.target);
  }

  void write(const std::string& role, const std::string& name, const Picture& picture) {
    const std::string path = "artifacts/pictures/" + role + "/" + name;
    std::filesystem::create_directories((stage_.folder / path).parent_path());
    datasets::write_png(stage_.folder / path, picture);
    result_.artifacts.push_back(artifact(stage_, "picture/" + role + "/" + name, path));
  }

  Stage& stage_;
  const stage_files::EvaluateStage& settings_;
  const datasets::Degradation degradation_;
  std::vector<metrics::Protocol> protocols_;
  stage_files::StageResult result_;
  std::int64_t kept_ = 0;  ///< pictures of the present data set
  Restoration restore_single_, restore_ensemble_;
  std::optional<FloatPicture> single_, ensemble_;  ///< of the present example
};

}  // namespace

stage_files::StageResult evaluate(Stage& stage) {
  const auto settings = stage_files::parse_evaluate_stage(stage.request.settings_json);
  prepare_device(settings.machine);
  return Evaluation(stage, settings).run();
}

}  // namespace bench::stages
