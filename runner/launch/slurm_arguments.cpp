#include "runner/launch/slurm_arguments.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "runner/launch/slurm_array.h"
#include "stages/exchange/request.h"

namespace bench::runner {
namespace {

// The estimate is of the stage itself; beside it are this program and the libraries of both.
std::int64_t with_margin(std::int64_t estimated_bytes) {
  constexpr std::int64_t kMiB = 1 << 20, kBeside = 512;
  return estimated_bytes == 0 ? 0 : estimated_bytes / kMiB * 5 / 4 + kBeside;
}

// A warning a minute before the end of a job that has at least ten.
bool is_long(const std::string& time) {
  constexpr std::size_t kDigitsOfTen = 2;
  return time.size() > kDigitsOfTen || (time.size() == kDigitsOfTen && time[1] != ':');
}

bool computes_on_gpu(const std::string& settings_json) {
  const auto settings = nlohmann::json::parse(settings_json, nullptr, false);
  if (!settings.is_object() || !settings.contains("machine")) return false;
  return settings["machine"].value("device", "cpu").starts_with("cuda");
}

}  // namespace

SlurmNeeds needs_of(const StageStart& stage) {
  return {.threads = std::max<std::int64_t>(1, stage.threads),
          .memory_mib = with_margin(stage.memory_bytes),
          .whole_node = stage.alone,
          .gpu = computes_on_gpu(exchange::read_request(stage.folder).settings_json)};
}

std::vector<std::string> sbatch_arguments(const SlurmNeeds& needs, const SlurmSettings& settings,
                                          const SlurmPlaces& places,
                                          const std::filesystem::path& folder,
                                          const std::string& token, std::size_t tasks,
                                          bool as_array) {
  // A requeued job would run beside what is started in its place.
  std::vector<std::string> words = {"--parsable",
                                    "--job-name=" + job_name_of(token),
                                    "--chdir=" + folder.string(),
                                    "--open-mode=append",
                                    "--no-requeue",
                                    "--cpus-per-task=" + std::to_string(needs.threads)};
  if (as_array) words.push_back("--array=0-" + std::to_string(tasks - 1));
  words.push_back(as_array ? "--output=task-%a.log" : "--output=task-0.log");
  const bool says_memory = settings.contains("mem") || settings.contains("mem-per-cpu");
  if (needs.memory_mib > 0 && !says_memory) {
    words.push_back("--mem=" + std::to_string(needs.memory_mib) + "M");
  }
  if (needs.whole_node) words.emplace_back("--exclusive");
  if (needs.gpu && !settings.contains("gres")) words.emplace_back("--gres=gpu:1");
  for (const auto& [key, value] : settings) {
    if (key != "jobs") words.push_back("--" + key + "=" + value);
  }
  const auto time = settings.find("time");
  if (time != settings.end() && is_long(time->second)) words.emplace_back("--signal=B:TERM@60");
  for (const auto& word :
       {(folder / "job.sh").string(), places.bench.string(), std::string("slurm-task"),
        folder.string(), token, places.stage_program.string()}) {
    words.push_back(word);
  }
  return words;
}

}  // namespace bench::runner
