#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "baselines/networks/networks.h"
#include "datasets/image_file.h"
#include "stages/tensor_file.h"
#include "tests/shared_folder.h"
#include "tests/stages/program.h"
#include "training/module_state.h"

namespace bench::stages {
namespace {

namespace fs = std::filesystem;

/// A folder with a gray image "a.png", empty otherwise.
class RestoreCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("bench-restore-" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "in");
    image_ = datasets::black_image(1, 40, 50);
    for (std::size_t i = 0; i < image_.samples.size(); ++i) {
      image_.samples[i] = static_cast<std::uint8_t>(i * 7919 % 251);
    }
    datasets::write_png(folder_ / "in/a.png", image_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  ProgramRun restore(std::vector<std::string> words) const {
    words.insert(words.begin(), "restore");
    words.insert(words.end(), {"--threads", "1"});
    return run_bench(words);
  }
  std::string in() const { return (folder_ / "in").string(); }
  std::string out() const { return (folder_ / "out").string(); }

  fs::path folder_;
  datasets::Image image_;
};

TEST_F(RestoreCommand, HandsTheDegradedImageOn) {
  const auto run = restore({"--method", "degraded", in(), "--out", out()});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(datasets::read_image(folder_ / "out/a.png").image, image_);
}

TEST_F(RestoreCommand, ClassicalMethodsAreToldTheNoiseLevel) {
  for (const char* method : {"bm3d", "nlm", "wnnm"}) {
    EXPECT_EQ(restore({"--method", method, in(), "--out", out()}).code, 2);
    const auto run = restore({"--method", method, "--sigma", "25", in(), "--out", out()});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_NE(datasets::read_image(folder_ / "out/a.png").image, image_);
  }
}

TEST_F(RestoreCommand, MistakesAreBadInputAndCreateNothing) {
  const auto broken = folder_ / "broken.png";
  std::ofstream(broken) << "no image";
  fs::create_directories(folder_ / "empty");
  const std::string weights = std::string(BENCH_SOURCE_DIR) + "/tests/reference/pth/state.pth";
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{"--method", "dncn_s", in()}, "did you mean \"dncnn_s\"?"},
      {{"--method", "dncnn_s", in()}, "--weights"},
      {{"--method", "dncnn_s", "--weights", "no_such.pth", in()}, "no_such.pth"},
      {{"--method", "degraded", broken.string()}, "broken.png"},
      {{"--method", "degraded", (folder_ / "empty").string()}, "has no PNG or JPEG files"},
      {{"--method", "degraded", in(), in() + "/a.png"}, "different folders"},
      {{in()}, "--method METHOD or --run RUN"}};
  for (auto [words, said] : mistakes) {
    words.insert(words.end(), {"--out", out()});
    const auto run = restore(words);
    EXPECT_EQ(run.code, 2) << said;
    EXPECT_NE(run.err.find(said), std::string::npos) << run.err;
    EXPECT_FALSE(fs::exists(out())) << said;
  }
  const auto run = restore({"--method", "dncnn_s", "--weights", weights, in(), "--out", out()});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_NE(run.err.find("state.pth"), std::string::npos) << run.err;
  EXPECT_EQ(restore({"--method", "degraded", in(), "--out", in()}).code, 2);
}

TEST_F(RestoreCommand, TakesWeightsOfNonLocalNetworks) {
  for (const char* method : {"n3net", "nlrn"}) {
    SCOPED_TRACE(method);
    torch::manual_seed(3);
    training::State state;
    training::append_module_state(*baselines::make_network(method, 1), "", state);
    const auto weights = folder_ / (std::string(method) + ".safetensors");
    write_tensors(weights, state);
    const auto run =
        restore({"--method", method, "--weights", weights.string(), in(), "--out", out()});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_NE(datasets::read_image(folder_ / "out/a.png").image, image_);
  }
}

TEST_F(RestoreCommand, TakesRainFromRealImages) {
  const auto weights = tests::shared_folder() / "weights/prenet_rain100h.safetensors";
  const auto rainy = tests::shared_folder() / "data/derain/real_rain/001.jpg";
  if (!fs::exists(weights) || !fs::exists(rainy)) {
    GTEST_SKIP() << "not found: " << weights << " and " << rainy;
  }
  // A part of it: the whole takes long on one thread.
  const auto whole = datasets::read_image(rainy).image;
  const auto part =
      datasets::crop(whole, 0, 0, std::min(96, whole.height), std::min(128, whole.width));
  datasets::write_png(folder_ / "in/a.png", part);
  const auto run =
      restore({"--method", "prenet", "--weights", weights.string(), in(), "--out", out()});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto restored = datasets::read_image(folder_ / "out/a.png").image;
  EXPECT_EQ(restored.height, part.height);
  EXPECT_EQ(restored.width, part.width);
  EXPECT_NE(restored, part);
}

}  // namespace
}  // namespace bench::stages
