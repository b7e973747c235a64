// A stage program without LibTorch, for tests of the real `bench`: fast, resumable, and with scores
// that the test chooses. What it does is told by environment variables:
//   FAKE_STAGE_OFFSET_DB, FAKE_STAGE_SPREAD_DB  added to every score; how far seeds are apart
//   FAKE_STAGE_FAILS     a kind of stage that fails
//   FAKE_STAGE_INTERRUPTS  a kind of stage that sends SIGINT to the program that started it
//   FAKE_STAGE_STEP_MS   what each of the kFakeSteps steps of a training takes
//   FAKE_STAGE_MISDEED   what stages of the kind FAKE_STAGE_CULPRIT do instead (misdeed.h)
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "core/digest/sha256.h"
#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "stages/exchange/events.h"
#include "stages/exchange/request.h"
#include "stages/exchange/result.h"
#include "tests/runner/misdeed.h"

namespace bench::runner {
namespace {

using exchange::StageRequest;
using exchange::StageResult;
using nlohmann::json;

constexpr int kImages = 12;
constexpr int kFakeSteps = 20;
constexpr const char* kModel = "artifacts/model.safetensors";
constexpr const char* kCheckpoint = "checkpoint.json";

volatile std::sig_atomic_t asked_to_stop = 0;

std::string text_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text ? text : "";
}

double number_of(const char* variable) {
  return std::atof(text_of(variable).c_str());
}

exchange::Artifact written(const std::filesystem::path& folder, const std::string& role,
                           const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories((folder / path).parent_path());
  files::write_file(folder / path, bytes);
  return {role, path, static_cast<std::int64_t>(bytes.size()), digest::sha256_hex(bytes)};
}

std::string model_of(const StageRequest& training) {
  return "weights of " + digest::sha256_hex(training.settings_json) + "\n";
}

StageResult prepared(const std::filesystem::path& folder) {
  StageResult result;
  const auto image = written(folder, "image", "artifacts/test0/target/p10.png", "a leaf");
  result.data_files = {{"embedded-leaves", "test0/target/p10", image.size, image.sha256}};
  result.artifacts = {written(folder, "data", "artifacts/data.json", "{}\n")};
  return result;
}

// Where an earlier process was: its step, and how long the events were then.
int steps_done(const std::filesystem::path& folder, exchange::EventWriter& events) {
  if (!std::filesystem::exists(folder / kCheckpoint)) {
    events.truncate(0);
    return 0;
  }
  const auto checkpoint = json::parse(files::read_file(folder / kCheckpoint));
  events.truncate(checkpoint.at("position"));
  return checkpoint.at("step");
}

void save(const std::filesystem::path& folder, int step, exchange::EventWriter& events) {
  files::write_file(folder / kCheckpoint,
                    json{{"step", step}, {"position", events.position()}}.dump());
}

StageResult trained(const std::filesystem::path& folder, const StageRequest& request) {
  exchange::EventWriter events(folder);
  const auto pause = std::chrono::milliseconds(std::atoi(text_of("FAKE_STAGE_STEP_MS").c_str()));
  for (int step = steps_done(folder, events); step < kFakeSteps; ++step) {
    if (asked_to_stop != 0) {
      save(folder, step, events);
      std::exit(exchange::kInterruptedExit);
    }
    events.point({"loss", step + 1, 1.0 / (step + 1)});
    events.progress({.step = step + 1, .steps = kFakeSteps, .loss = 1.0 / (step + 1)});
    if (step % 5 == 4) save(folder, step + 1, events);
    std::this_thread::sleep_for(pause);
  }
  std::filesystem::remove(folder / kCheckpoint);
  return {.artifacts = {written(folder, "model", kModel, model_of(request))}};
}

// The seed that the scored network was trained with; and what weights that are not those of its
// training would do to the scores.
struct Network {
  std::int64_t seed = 0;
  double offset_db = 0;
};

Network network_of(const std::filesystem::path& folder, const StageRequest& request) {
  for (const auto& input : request.inputs) {
    if (input.role != "model") continue;
    const auto training = exchange::read_request(folder / input.folder);
    const auto weights = files::read_file(folder / input.folder / kModel);
    return {json::parse(training.settings_json).at("seed"),
            weights == model_of(training) ? 0.0 : -10.0};
  }
  return {};
}

// Images differ by decibels; seeds by turns are better and worse.
StageResult scored(const std::filesystem::path& folder, const StageRequest& request) {
  const auto network = network_of(folder, request);
  const double side = network.seed % 2 == 0 ? 1.0 : -1.0;
  const double shift = number_of("FAKE_STAGE_OFFSET_DB") +
                       side * number_of("FAKE_STAGE_SPREAD_DB") + network.offset_db;
  StageResult result;
  const json settings = json::parse(request.settings_json);
  for (const std::string protocol : settings.at("protocols")) {
    for (int image = 0; image < kImages; ++image) {
      const double own = 0.001 * ((image * 7) % 5 - 2) * side;
      result.scores.push_back({settings.at("task").at("test").at(0).at("set"),
                               "p" + std::to_string(10 + image), protocol,
                               26.0 + 0.7 * image + own + shift});
    }
  }
  return result;
}

StageResult result_of(const std::filesystem::path& folder, const StageRequest& request) {
  if (request.kind == "prepare") return prepared(folder);
  if (request.kind == "train") return trained(folder, request);
  if (request.kind == "evaluate") return scored(folder, request);
  // Any other kind measures what a network costs.
  return {.quantities = {{"parameters", "1", 1234, 0}}};
}

int run(const std::filesystem::path& folder) {
  try {
    ::signal(SIGTERM, [](int) { asked_to_stop = 1; });
    const auto request = exchange::read_request(folder);
    if (request.kind == text_of("FAKE_STAGE_FAILS")) {
      exchange::write_failure(folder, "the test wants it to fail");
      return 1;
    }
    if (request.kind == text_of("FAKE_STAGE_INTERRUPTS")) ::kill(::getppid(), SIGINT);
    if (request.kind == text_of("FAKE_STAGE_CULPRIT")) {
      if (const auto code = do_misdeed(text_of("FAKE_STAGE_MISDEED"), folder)) return *code;
    }
    exchange::write_result(folder, result_of(folder, request));
    return 0;
  } catch (const std::exception& error) {
    exchange::write_failure(folder, error.what());
    return 1;
  }
}

}  // namespace
}  // namespace bench::runner

int main(int argc, char** argv) {
  return argc < 2 ? 2 : bench::runner::run(argv[argc - 1]);  // after --die-with-parent
}
