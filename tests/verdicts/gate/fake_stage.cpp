// A stage program without LibTorch, for tests of the real `bench`: fast, and with scores that the
// test chooses. FAKE_STAGE_OFFSET_DB is added to every score, FAKE_STAGE_SPREAD_DB is how far seeds
// are apart, and a kind of stage named by FAKE_STAGE_FAILS fails. A kind named by
// FAKE_STAGE_INTERRUPTS sends SIGINT to the program that started it.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>

#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::verdicts {
namespace {

using exchange::StageRequest;
using exchange::StageResult;
using nlohmann::json;

constexpr int kImages = 12;

double number_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text ? std::atof(text) : 0.0;
}

// The seed that the scored network was trained with.
std::int64_t trained_with(const std::filesystem::path& folder, const StageRequest& request) {
  for (const auto& input : request.inputs) {
    if (input.role != "model") continue;
    return json::parse(exchange::read_request(folder / input.folder).settings_json).at("seed");
  }
  return 0;
}

// Images differ by decibels; seeds by turns are better and worse.
StageResult scored(const std::filesystem::path& folder, const StageRequest& request) {
  const double side = trained_with(folder, request) % 2 == 0 ? 1.0 : -1.0;
  const double shift = number_of("FAKE_STAGE_OFFSET_DB") + side * number_of("FAKE_STAGE_SPREAD_DB");
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
  if (request.kind == "evaluate") return scored(folder, request);
  if (request.kind == "prepare") {
    return {.data_files = {{"embedded-leaves", "test0/target/p10", 1, std::string(64, 'd')}}};
  }
  if (request.kind == "profile") return {.quantities = {{"parameters", "1", 1234, 0}}};
  return {};
}

}  // namespace
}  // namespace bench::verdicts

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::filesystem::path folder = argv[argc - 1];  // after --die-with-parent
  try {
    const auto request = bench::exchange::read_request(folder);
    const char* fails = std::getenv("FAKE_STAGE_FAILS");
    if (fails && request.kind == fails) {
      bench::exchange::write_failure(folder, "the test wants it to fail");
      return 1;
    }
    const char* interrupts = std::getenv("FAKE_STAGE_INTERRUPTS");
    if (interrupts && request.kind == interrupts) ::kill(::getppid(), SIGINT);
    bench::exchange::write_result(folder, bench::verdicts::result_of(folder, request));
    return 0;
  } catch (const std::exception& error) {
    bench::exchange::write_failure(folder, error.what());
    return 1;
  }
}
