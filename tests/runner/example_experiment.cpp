#include "tests/runner/example_experiment.h"

#include "core/json/bad_input.h"
#include "tests/temporary_folder.h"

namespace bench::runner {
namespace {

const char* const kExample = R"json({
  "name": "example",
  "title": "An example",
  "question": "Which one is better?",
  "seeds": [1, 2],
  "profile": "quick",
  "tasks": [
    {"id": "denoise", "label": "Denoising", "channels": 1,
     "degradation": {"kind": "gaussian", "sigma": 25, "noise": "awgn-float"}},
    {"id": "derain", "channels": 3, "degradation": {"kind": "rain"}}
  ],
  "contestants": [
    {"id": "degraded", "kind": "degraded"},
    {"id": "searched", "label": "Searched", "kind": "searched", "searched_on": "denoise",
     "search": {"lambda_architecture": 0}},
    {"id": "fusion", "kind": "architecture", "architecture": "all-fusion"},
    {"id": "mixed", "kind": "architecture", "architecture": "PF|FP", "tasks": ["derain"],
     "space": {"global_residual": true}},
    {"id": "dncnn", "kind": "network", "method": "dncnn",
     "options": {"depth": 3, "features": 4}, "train": {"learning_rate": 5e-3}},
    {"id": "bm3d", "kind": "classical", "method": "bm3d", "tasks": ["denoise"]}
  ],
  "protocols": ["psnr(space=rgb,round=none,crop=0,agg=image-mean)"],
  "profiles": {
    "quick": {
      "note": "tiny",
      "data": {
        "denoise": {"train": {"set": "embedded-leaves", "split": "train", "count": 4},
                    "test": [{"set": "embedded-leaves", "split": "test", "count": 2}]},
        "derain": {"train": {"set": "embedded-rain-heavy-slanted"},
                   "test": [{"set": "embedded-rain-heavy-slanted", "split": "test"}]}
      },
      "space": {"channels": [4, 8, 16], "modules": [1, 2, 2], "initialization": "kaiming"},
      "search": {"strategy": "clearer", "weights": {"steps": 6, "batch": 2, "patch": 16, "optimizer": "sgd"},
                 "warm_up_fraction": 0.5},
      "train": {"name": "fast", "steps": 10, "batch": 2, "patch": 16},
      "train_by_task": {"derain": {"steps": 20}},
      "machine": {"device": "cpu", "threads": 1},
      "cost": {"height": 16, "width": 24, "repetitions": 3},
      "keep_images": 1,
      "tests_claims": true
    }
  },
  "claims": [
    {"id": "fusion-wins", "statement": "Fusion is better", "source": "a paper", "published": "yes",
     "kind": "better", "contestant": "fusion", "other": "mixed", "task": "derain",
     "protocol": "psnr(space=rgb,round=none,crop=0,agg=image-mean)"}
  ],
  "caveats": ["This is an example."]
})json";

}  // namespace

nlohmann::json example_experiment() {
  return nlohmann::json::parse(kExample);
}

Experiment read_example(const nlohmann::json& content, const std::vector<std::string>& overrides) {
  const tests::TemporaryFolder folder;
  return read_experiment(folder.write("example.json", content.dump(2)), overrides);
}

std::string refusal_of(const std::string& text, const std::vector<std::string>& overrides) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write("x.json", text);
  try {
    read_experiment(file, overrides);
    return "";
  } catch (const core::BadInput& error) {
    return error.what();
  }
}

}  // namespace bench::runner
