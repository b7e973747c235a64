#include "runner/experiment/weights.h"

#include <algorithm>

#include "baselines/catalogue/method.h"
#include "baselines/weights/weights_error.h"
#include "baselines/weights/weights_file.h"
#include "core/digest/sha256.h"
#include "core/json/bad_input.h"

namespace bench::runner {
namespace {

GivenWeights read_file(const core::JsonReader& value) {
  const std::string file = value.label();
  const std::string extension = std::filesystem::path(file).extension();
  if (extension != ".safetensors" && extension != ".pth") {
    value.fail("the name of a .safetensors or .pth file in BENCH_DATA_DIR/weights");
  }
  return {.file = file, .sha256 = ""};
}

// One key for all files of a contestant: they come from one training program.
std::string key_of(const core::JsonReader& block) {
  const auto key = block.find("weights_key");
  return key ? key->text() : "";
}

// Weights have one size: what else would change it has no meaning beside them.
void require_fixed_size(const core::JsonReader& block, const Contestant& contestant) {
  for (const char* key : {"options", "recipe", "train"}) {
    if (const auto other = block.find(key)) {
      other->fail("no \"" + std::string(key) + "\" with \"weights\", which are not trained here");
    }
  }
  if (contestant.kind == ContestantKind::kArchitecture) {
    if (contestant.architecture != "random") return;
    block.at("architecture")
        .fail("one architecture for the \"weights\"",
              "; \"random\" is a different architecture for each seed");
  }
  const auto& all = catalogue::catalogue();
  if (std::none_of(all.begin(), all.end(),
                   [&](const auto& method) { return method.name == contestant.method; })) {
    block.at("method").fail("a method of fixed size with \"weights\"", ". See bench ls methods");
  }
}

std::string how_to_get(const Contestant& contestant) {
  const std::string& method = contestant.method;
  if (contestant.kind == ContestantKind::kArchitecture) {
    return "Copy artifacts/model.safetensors from the folder of a training stage there, or set "
           "BENCH_DATA_DIR to the folder that contains weights/";
  }
  const std::string known = catalogue::method(method).public_weights;
  return (known.empty() ? "No public weights of this method are known"
                        : "Public weights of " + method + ": " + known) +
         ". Put the file there, or set BENCH_DATA_DIR to the folder that contains weights/";
}

std::string whose(const Contestant& contestant) {
  return contestant.kind == ContestantKind::kArchitecture
             ? "architecture " + contestant.architecture
             : contestant.method;
}

std::string checked_digest(const std::filesystem::path& file, const GivenWeights& given,
                           const Contestant& contestant) {
  if (!std::filesystem::is_regular_file(file)) {
    throw core::BadInput(file.string() + ": weights of " + whose(contestant) +
                         " for contestant \"" + contestant.id + "\" not found. " +
                         how_to_get(contestant));
  }
  try {
    weights::WeightsFile::open(file, {.key = given.key});
  } catch (const weights::WeightsError& error) {
    throw core::BadInput(error.what());
  }
  return digest::sha256_hex_of_file(file);
}

}  // namespace

void read_weights(const core::JsonReader& block, const std::vector<std::string>& tasks,
                  Contestant& contestant) {
  require_fixed_size(block, contestant);
  const auto weights = block.at("weights");
  if (!weights.is_object()) {
    GivenWeights given = read_file(weights);
    given.key = key_of(block);
    for (const auto& task : contestant.tasks.empty() ? tasks : contestant.tasks) {
      contestant.weights[task] = given;
    }
    return;
  }
  weights.allow_only(tasks);
  if (const auto own = block.find("tasks")) {
    own->fail("no \"tasks\", because \"weights\" names a file for each task");
  }
  for (const auto& [task, value] : weights.members()) {
    contestant.weights[task] = read_file(value);
    contestant.weights[task].key = key_of(block);
    contestant.tasks.push_back(task);
  }
  if (contestant.tasks.empty()) weights.fail("a file for at least one task");
}

void find_weights(Experiment& experiment, const std::filesystem::path& data_root) {
  for (auto& contestant : experiment.contestants) {
    for (auto& [task, given] : contestant.weights) {
      given.sha256 = checked_digest(data_root / "weights" / given.file, given, contestant);
    }
  }
}

}  // namespace bench::runner
