#include "runner/launch/slurm_array.h"

#include <charconv>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "core/files/read_file.h"
#include "core/files/write_file.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kArrayFile = "array.json";
constexpr const char* kJobFile = "job";

// Slurm runs a script and hands its arguments on: no word of ours is read by a shell.
constexpr const char* kScript = "#!/bin/sh\nexec \"$@\"\n";

fs::path mark_file(const fs::path& folder, const char* kind, int task) {
  return folder / kind / std::to_string(task);
}

// At once for whoever reads it, but not synchronized to the disk: what a power cut takes of these
// files costs another attempt, nothing more.
void put(const fs::path& file, const json& content) {
  const auto beside = file.parent_path() / ("." + file.filename().string() + ".new");
  std::ofstream stream(beside);
  stream << content.dump() << "\n";
  stream.close();
  if (!stream) throw files::FileError(file.string() + ": cannot write the file");
  fs::rename(beside, file);
}

// An object, or null for a file that is missing or no such thing.
json object_in(const fs::path& file) {
  try {
    if (!fs::exists(file)) return nullptr;
    auto content = json::parse(files::read_file(file), nullptr, /*allow_exceptions=*/false);
    return content.is_object() ? content : json(nullptr);
  } catch (const std::exception&) {
    return nullptr;  // gone meanwhile, or on another machine's disk
  }
}

template <typename Read>
auto read_object(const fs::path& file, Read read) -> std::optional<decltype(read(json()))> {
  const json object = object_in(file);
  if (object.is_null()) return std::nullopt;
  try {
    return read(object);
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

std::string new_attempt_token() {
  std::random_device source;
  constexpr const char* kDigits = "0123456789abcdef";
  std::string token;
  for (int i = 0; i < 4; ++i) {
    std::uint32_t bits = source();
    for (int digit = 0; digit < 4; ++digit, bits >>= 4U) token += kDigits[bits & 15U];
  }
  return token;
}

std::string job_name_of(const std::string& token) {
  return "bench-" + token;
}

fs::path array_folder(const fs::path& store, const std::string& token) {
  return store / "slurm" / token;
}

void write_array(const fs::path& folder, const SlurmArray& array) {
  fs::create_directories(folder / kBegun);
  fs::create_directories(folder / kEnded);
  json stages = json::array();
  for (const auto& stage : array.stage_folders) stages.push_back(stage.string());
  files::write_file(folder / kArrayFile,
                    json{{"token", array.token}, {"stages", stages}}.dump(1) + "\n");
  files::write_file(folder / "job.sh", kScript);
  for (std::size_t task = 0; task < array.stage_folders.size(); ++task) {
    put(array.stage_folders[task] / kAttemptFile, {{"token", array.token}, {"task", task}});
  }
}

std::optional<SlurmArray> read_array(const fs::path& folder) {
  return read_object(folder / kArrayFile, [](const json& object) {
    SlurmArray array{.token = object.at("token"), .stage_folders = {}};
    for (const auto& stage : object.at("stages")) {
      array.stage_folders.emplace_back(stage.get<std::string>());
    }
    return array;
  });
}

void write_job_number(const fs::path& folder, const std::string& job) {
  files::write_file(folder / kJobFile, job + "\n");
}

std::string read_job_number(const fs::path& folder) {
  try {
    if (!fs::exists(folder / kJobFile)) return "";
    const auto text = files::read_file(folder / kJobFile);
    return text.substr(0, text.find_first_not_of("0123456789"));
  } catch (const std::exception&) {
    return "";
  }
}

std::optional<AttemptMark> read_attempt(const fs::path& stage_folder) {
  return read_object(stage_folder / kAttemptFile, [](const json& object) {
    return AttemptMark{.token = object.at("token"), .task = object.at("task")};
  });
}

void write_begun(const fs::path& folder, int task, const BegunMark& mark) {
  put(mark_file(folder, kBegun, task), {{"node", mark.node}, {"job", mark.job}});
}

std::optional<BegunMark> read_begun(const fs::path& folder, int task) {
  return read_object(mark_file(folder, kBegun, task), [](const json& object) {
    return BegunMark{.node = object.at("node"), .job = object.at("job")};
  });
}

void touch_begun(const fs::path& folder, int task) {
  std::error_code ignored;  // the next sign may reach the disk
  fs::last_write_time(mark_file(folder, kBegun, task), fs::file_time_type::clock::now(), ignored);
}

std::optional<fs::file_time_type> last_sign(const fs::path& folder, int task) {
  std::error_code error;
  const auto time = fs::last_write_time(mark_file(folder, kBegun, task), error);
  if (error) return std::nullopt;
  return time;
}

void write_ended(const fs::path& folder, int task, const StageExit& end) {
  put(mark_file(folder, kEnded, task), {{"code", end.code},
                                        {"signal", end.signal},
                                        {"lost", end.lost},
                                        {"out_of_memory", end.out_of_memory}});
}

std::optional<StageExit> read_ended(const fs::path& folder, int task) {
  return read_object(mark_file(folder, kEnded, task), [](const json& object) {
    return StageExit{.code = object.at("code"),
                     .signal = object.at("signal"),
                     .lost = object.at("lost"),
                     .out_of_memory = object.at("out_of_memory")};
  });
}

std::vector<int> tasks_in(const fs::path& folder, const char* kind) {
  std::vector<int> tasks;
  std::error_code error;
  for (fs::directory_iterator it(folder / kind, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    int task = 0;
    const auto [last, bad] = std::from_chars(name.data(), name.data() + name.size(), task);
    // A file that is still being written has a longer name.
    if (bad == std::errc() && last == name.data() + name.size()) tasks.push_back(task);
  }
  return tasks;
}

}  // namespace bench::runner
