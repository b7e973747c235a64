#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "core/digest/sha256.h"
#include "stages/loaded_network.h"
#include "stages/network.h"
#include "stages/tensor_file.h"
#include "tests/shared_folder.h"
#include "training/module_state.h"

namespace bench::stages {
namespace {

namespace fs = std::filesystem;

std::string refusal(const exchange::NetworkSettings& settings, const fs::path& root,
                    std::int64_t channels) {
  try {
    load_given_weights(settings, root, channels, 25);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(GivenWeights, WhoseContentHasChangedAreRefused) {
  const fs::path root = fs::temp_directory_path() / ("bench-given-" + std::to_string(::getpid()));
  fs::create_directories(root / "weights");
  std::ofstream(root / "weights/a.safetensors") << "changed";
  const exchange::NetworkSettings settings{.kind = "network",
                                           .method = "prenet",
                                           .weights_file = "a.safetensors",
                                           .weights_sha256 = digest::sha256_hex("planned")};
  const auto message = refusal(settings, root, 3);
  fs::remove_all(root);
  EXPECT_NE(message.find("weights/a.safetensors: expected the content of SHA-256 " +
                         settings.weights_sha256),
            std::string::npos)
      << message;
  EXPECT_NE(message.find(digest::sha256_hex("changed")), std::string::npos) << message;
  EXPECT_NE(refusal(settings, root, 3).find("a.safetensors"), std::string::npos)
      << "a file that has gone is named";
}

TEST(GivenWeights, OfColorAreRefusedForGrayImages) {
  const fs::path root = tests::shared_folder();
  const fs::path file = root / "weights/prn_rain100h.safetensors";
  if (!fs::exists(file)) GTEST_SKIP() << "not found: " << file;
  const exchange::NetworkSettings settings{.kind = "network",
                                           .method = "prn",
                                           .weights_file = "prn_rain100h.safetensors",
                                           .weights_sha256 = digest::sha256_hex_of_file(file)};
  EXPECT_EQ(refusal(settings, root, 3), "");
  EXPECT_NE(refusal(settings, root, 1).find("images of 1 channel as in the task"),
            std::string::npos);
}

/// Of a tiny space, with a file of weights below a folder that goes when the test ends.
struct ArchitectureWeights : testing::Test {
  ArchitectureWeights() { fs::create_directories(root / "weights"); }
  ~ArchitectureWeights() override { fs::remove_all(root); }

  exchange::NetworkSettings settings_of(const std::string& letters) const {
    exchange::NetworkSettings settings{.kind = "clearer", .architecture = letters};
    settings.space.channels = {4, 8};
    settings.space.modules = {1, 2};
    return settings;
  }

  exchange::NetworkSettings with_file(const std::string& letters) const {
    auto settings = settings_of(letters);
    settings.weights_file = "a.safetensors";
    settings.weights_sha256 = digest::sha256_hex_of_file(root / "weights/a.safetensors");
    return settings;
  }

  /// As a training leaves them, after `change`.
  void write(const training::RestorationNetwork& network,
             const std::function<void(training::State&)>& change = {}) const {
    training::State state;
    training::append_module_state(network, "", state);
    state.facts["network"] = "told to nobody";
    if (change) change(state);
    write_tensors(root / "weights/a.safetensors", state);
  }

  const fs::path root = fs::temp_directory_path() / ("bench-found-" + std::to_string(::getpid()));
};

TEST_F(ArchitectureWeights, GiveBackTheNetworkThatATrainingLeft) {
  const auto trained = make_network(settings_of("PF"), 1, /*seed=*/9);
  const torch::NoGradGuard no_graph;
  trained->forward(torch::rand({2, 1, 16, 16}));  // moves the running statistics
  trained->eval();
  write(*trained);
  const auto loaded = load_given_weights(with_file("PF"), root, 1, 25);
  const auto image = torch::rand({1, 1, 16, 16});
  EXPECT_TRUE(torch::equal(loaded->forward(image), trained->forward(image)));
}

TEST_F(ArchitectureWeights, ThatDoNotFitAreRefusedByTheTensor) {
  const auto trained = make_network(settings_of("PF"), 1, 9);
  write(*trained);
  EXPECT_NE(refusal(with_file("FP"), root, 1).find("not those of this network"), std::string::npos);
  EXPECT_NE(refusal(with_file("PF"), root, 3).find("tensor \""), std::string::npos);
  std::string gone;
  write(*trained, [&](training::State& state) {
    gone = state.tensors.front().name;
    state.tensors.erase(state.tensors.begin());
  });
  EXPECT_NE(refusal(with_file("PF"), root, 1).find(gone), std::string::npos);
  write(*trained, [](training::State& state) {
    state.tensors.front().value = torch::full_like(state.tensors.front().value, NAN);
  });
  EXPECT_NE(refusal(with_file("PF"), root, 1).find("a.safetensors"), std::string::npos);
}

}  // namespace
}  // namespace bench::stages
