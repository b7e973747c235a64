#include "runner/cli/execution_options.h"

#include <charconv>

#include "core/json/bad_input.h"

namespace bench::runner {
namespace {

exchange::CheckpointInterval checkpoint_interval(const std::string& text) {
  try {
    return exchange::parse_checkpoint_interval(text);
  } catch (const std::invalid_argument& error) {
    throw core::BadInput(std::string("--checkpoint-every: ") + error.what());
  }
}

// \throws BadInput
std::chrono::milliseconds duration_of(const std::string& option, const std::string& text) {
  if (text.empty()) return std::chrono::milliseconds(0);
  double count = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, count);
  const std::string unit(end, last);
  const double seconds = unit == "s" ? 1 : unit == "min" ? 60 : unit == "h" ? 3600 : 0;
  constexpr double kLongest = 1e9;  // seconds: thirty years
  if (error != std::errc() || !(count * seconds >= 0.001) || count * seconds > kLongest) {
    throw core::BadInput(option + ": expected a time such as 90s, 30min or 12h, found \"" + text +
                         "\"");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(count * seconds * 1000));
}

SlurmSettings slurm_settings(const std::vector<std::string>& given) {
  SlurmSettings settings;
  for (const auto& one : given) {
    try {
      add_slurm_setting(settings, one);
    } catch (const std::invalid_argument& error) {
      throw core::BadInput(std::string("--slurm: ") + error.what());
    }
  }
  return settings;
}

}  // namespace

void add_execution_options(CLI::App& parser, ExecutionOptions& options, RunRequest& request) {
  parser.add_option("--threads", request.threads, "total CPU threads [all cores]")
      ->check(CLI::Range(1, 4096));
  parser.add_option("--checkpoint-every", options.checkpoint_every,
                    "checkpoint interval: 200steps, 90s, 5min, ... [20s]");
  parser.add_option("--stage-timeout", options.stage_timeout,
                    "time limit of each stage: 90s, 30min, 12h [none]");
  parser.add_option("--timeout", options.timeout,
                    "time limit of the run, which resumes if repeated [none]");
  parser.add_option("--patience", options.patience,
                    "time a stage has to save a checkpoint when stopped [20s]");
  auto* going = parser.add_flag("--keep-going", options.keep_going,
                                "continue with stages that need no failed one (default)");
  parser.add_flag("--fail-fast", request.fail_fast, "stop all stages when the first one fails")
      ->excludes(going);
  parser.add_option("--launcher", request.launcher, "where stages run [the file's]")
      ->check(CLI::IsMember({"local", "slurm"}));
  parser
      .add_option("--slurm", options.slurm, "option for sbatch: partition=gpu, time=2:00:00, ...")
      ->take_all()
      ->expected(1);
}

void finish_execution_options(const ExecutionOptions& options, RunRequest& request) {
  request.stage_timeout = duration_of("--stage-timeout", options.stage_timeout);
  request.run_timeout = duration_of("--timeout", options.timeout);
  if (!options.patience.empty()) request.patience = duration_of("--patience", options.patience);
  if (!options.checkpoint_every.empty()) {
    request.checkpoint = checkpoint_interval(options.checkpoint_every);
  }
  request.slurm = slurm_settings(options.slurm);
}

}  // namespace bench::runner
