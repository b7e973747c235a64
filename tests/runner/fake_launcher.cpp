#include "tests/runner/fake_launcher.h"

#include <algorithm>
#include <csignal>
#include <fstream>

#include "core/digest/sha256.h"
#include "stages/exchange/events.h"

namespace bench::runner {
namespace {

using exchange::StageRequest;
using exchange::StageResult;

const char* const kProtocol = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";

exchange::Artifact artifact(const std::filesystem::path& folder, const std::string& role,
                            const std::string& name) {
  const std::string path = std::string(exchange::kArtifactsFolder) + "/" + name;
  std::ofstream(folder / path) << "bytes";
  return {role, path, 5, digest::sha256_hex("bytes")};
}

StageResult result_of(const std::filesystem::path& folder, const StageRequest& request) {
  StageResult result{
      .resources = {
          .wall_seconds = 2, .cpu_seconds = 1.5, .peak_memory_bytes = 1000, .threads = 1}};
  if (request.kind == "prepare") {
    result.data_files = {{"embedded-leaves", "0001", 5, artifact(folder, "", "0001.png").sha256}};
  } else if (request.kind == "search") {
    result.facts = {{"architecture", "PF|FP"}};
  } else if (request.kind == "train") {
    exchange::EventWriter events(folder);
    events.point({"loss", 1, 0.5});
    events.point({"loss", 2, 0.25});
    events.progress({.step = 2, .steps = 2, .loss = 0.25, .psnr_db = 30.0});
    result.artifacts = {artifact(folder, "weights", "weights.safetensors")};
  } else if (request.kind == "evaluate") {
    result.scores = {{"embedded-leaves", "1001.png", kProtocol, 30},
                     {"embedded-leaves", "1002.png", kProtocol, 32}};
    result.artifacts = {artifact(folder, "image/degraded/1001.png", "d.png"),
                        artifact(folder, "image/restored/1001.png", "r.png"),
                        artifact(folder, "image/target/1001.png", "t.png")};
  } else if (request.kind == "cost") {
    result.quantities = {
        {"parameters", "1", 1234, 0}, {"latency_ms", "ms", 3, 0}, {"latency_ms", "ms", 4, 1}};
  }
  return result;
}

}  // namespace

StageExit succeed(const std::filesystem::path& folder, const StageRequest& request) {
  exchange::write_result(folder, result_of(folder, request));
  return {};
}

StageScript failing(const std::string& reason) {
  return [reason](const std::filesystem::path& folder, const StageRequest&) {
    exchange::write_failure(folder, reason);
    return StageExit{.code = 1};
  };
}

StageScript ended_by(int signal) {
  return [signal](const std::filesystem::path&, const StageRequest&) {
    return StageExit{.signal = signal};
  };
}

class FakeStage : public RunningStage {
 public:
  FakeStage(FakeLauncher& launcher, std::filesystem::path folder, StageRequest request,
            StageScript script, exchange::FolderLock lock)
      : launcher_(launcher),
        lock_(std::move(lock)),
        folder_(std::move(folder)),
        request_(std::move(request)),
        script_(std::move(script)),
        polls_(launcher.polls) {}

  std::optional<StageExit> poll() override {
    if (!ending_ && --polls_ > 0) return std::nullopt;
    auto& running = launcher_.running_;
    running.erase(std::find(running.begin(), running.end(), request_.name));
    return ending_ ? *ending_ : script_(folder_, request_);
  }

  void interrupt() override {
    ++launcher_.interrupts;
    if (launcher_.obeys) ending_ = StageExit{.code = exchange::kInterruptedExit};
    polls_ = 1'000'000;
  }

  void kill() override {
    ++launcher_.kills;
    ending_ = StageExit{.signal = SIGKILL};
  }

 private:
  FakeLauncher& launcher_;
  exchange::FolderLock lock_;
  std::filesystem::path folder_;
  StageRequest request_;
  StageScript script_;
  int polls_;
  std::optional<StageExit> ending_;
};

std::unique_ptr<RunningStage> FakeLauncher::start(const StageStart& stage,
                                                  exchange::FolderLock lock) {
  auto request = exchange::read_request(stage.folder);
  StageScript script = succeed;
  auto& left = scripts[request.name];
  if (!left.empty()) {
    script = left.front();
    left.erase(left.begin());
  }
  started.push_back(request.name);
  requests.push_back(request);
  running_.push_back(request.name);
  beside.push_back(running_);
  return std::make_unique<FakeStage>(*this, stage.folder, std::move(request), std::move(script),
                                     std::move(lock));
}

}  // namespace bench::runner
