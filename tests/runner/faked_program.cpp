#include "tests/runner/faked_program.h"

#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const char* const kExperiment = R"json({
  "name": "faked", "title": "t", "question": "q", "seeds": [1, 2], "profile": "quick",
  "tasks": [{"id": "denoise", "channels": 1, "degradation": {"kind": "gaussian", "sigma": 25}}],
  "contestants": [{"id": "net", "kind": "architecture", "architecture": "all-fusion"}],
  "protocols": ["psnr(space=rgb,round=none,crop=0,agg=image-mean)"],
  "profiles": {"quick": {
    "data": {"denoise": {
      "train": {"set": "embedded-leaves", "split": "train", "count": 8},
      "test": [{"set": "embedded-leaves", "split": "test", "count": 2}]}},
    "space": {"channels": [4, 8], "modules": [1, 2], "initialization": "kaiming"},
    "train": {"steps": 3, "batch": 2, "patch": 16},
    "keep_images": 0}}
})json";

void pause() {
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

}  // namespace

FakedProgram::FakedProgram() {
  folder_.write("faked.json", kExperiment);
  tell_stages("BENCH_STAGE_PROGRAM", FAKE_STAGE_PROGRAM);
}

FakedProgram::~FakedProgram() {
  for (const auto& name : told_) ::unsetenv(name.c_str());
}

void FakedProgram::tell_stages(const std::string& name, const std::string& value) {
  ::setenv(name.c_str(), value.c_str(), 1);
  told_.push_back(name);
}

void FakedProgram::misdeed(const std::string& what, const std::string& kind) {
  tell_stages("FAKE_STAGE_CULPRIT", what.empty() ? "none" : kind);
  tell_stages("FAKE_STAGE_MISDEED", what);
}

Program FakedProgram::start(const std::string& store, const std::vector<std::string>& more) const {
  std::vector<std::string> arguments = {
      "run",      at("faked.json").string(),      "--store",   at(store).string(),
      "--report", at(store + "-report").string(), "--threads", "2"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return {arguments, at(store + ".log")};
}

Ended FakedProgram::run(const std::string& store, const std::vector<std::string>& more) const {
  return start(store, more).wait();
}

Ended FakedProgram::bench(std::vector<std::string> arguments, const std::string& store) const {
  arguments.insert(arguments.end(), {"--store", at(store).string()});
  return Program(arguments, at("command.log")).wait();
}

std::vector<fs::path> FakedProgram::stages_of(const std::string& kind,
                                              const std::string& store) const {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::recursive_directory_iterator it(at(store) / "store", error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().filename() != "request.json") continue;
    const auto request = json::parse(end_to_end::text_of(it->path()), nullptr, false);
    if (request.is_object() && request.value("kind", "") == kind) {
      folders.push_back(it->path().parent_path());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

void FakedProgram::wait_for_a_training(const std::string& store) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (std::chrono::steady_clock::now() < deadline) {
    for (const auto& folder : stages_of("train", store)) {
      if (!end_to_end::text_of(folder / "events.jsonl").empty()) return;
    }
    pause();
  }
  FAIL() << "no training began: " << end_to_end::text_of(at(store + ".log"));
}

std::string FakedProgram::scores(const std::string& store) const {
  return end_to_end::text_of(at(store + "-report") / "scores.csv");
}

std::string FakedProgram::state_of_latest(const std::string& store) const {
  const auto word = [&](const std::vector<std::string>& command) {
    const auto ended = bench(command, store);
    const auto facts = json::parse(ended.output, nullptr, false);
    if (facts.is_array() && !facts.empty()) return facts[0].value("state", "");
    return facts.is_object() ? facts.value("state", "") : ended.output;
  };
  const std::string state = word({"status", "--json"});
  EXPECT_EQ(word({"ls", "--json"}), state);
  EXPECT_EQ(word({"show", "--json"}), state);
  return state;
}

bool goes_away(pid_t process) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < deadline) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    if (!std::getline(file, text)) return true;
    const auto name_end = text.rfind(") ");
    if (name_end != std::string::npos && text[name_end + 2] == 'Z') return true;
    pause();
  }
  return false;
}

}  // namespace bench::runner
