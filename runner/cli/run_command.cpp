#include <charconv>
#include <iostream>

#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/run_options.h"
#include "runner/experiment/project.h"

namespace bench::runner {
namespace {

exchange::CheckpointInterval checkpoint_interval(const std::string& text) {
  try {
    return exchange::parse_checkpoint_interval(text);
  } catch (const std::invalid_argument& error) {
    throw core::BadInput(std::string("--checkpoint-every: ") + error.what());
  }
}

// Where the other commands, called in this folder, do not look.
void name_store_elsewhere(const std::filesystem::path& store) {
  std::error_code error;
  if (std::filesystem::equivalent(store, store_of(project_here()), error)) return;
  std::cout << "results are kept in " << store.string() << "; list them with: bench ls --store "
            << store.string() << "\n";
}

struct TimeLimits {
  std::string stage, run, patience;
};

void add_time_limits(CLI::App& parser, TimeLimits& limits) {
  parser.add_option("--stage-timeout", limits.stage,
                    "time limit of each stage: 90s, 30min, 12h [none]");
  parser.add_option("--timeout", limits.run,
                    "time limit of the run, which resumes if repeated [none]");
  parser.add_option("--patience", limits.patience,
                    "time a stage has to save a checkpoint when stopped [20s]");
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

}  // namespace

int run_command(int argc, char** argv) {
  CLI::App parser(
      "Run an experiment and write its report. Finished stages are reused;\n"
      "after an interruption, the same command resumes where it stopped.");
  name_parser(parser, "run");
  RunOptions options;
  add_run_options(parser, options);
  add_report_option(parser, options);
  parser.add_option("--threads", options.request.threads, "total CPU threads [all cores]")
      ->check(CLI::Range(1, 4096));
  std::string checkpoint_every;
  parser.add_option("--checkpoint-every", checkpoint_every,
                    "checkpoint interval: 200steps, 90s, 5min, ... [20s]");
  TimeLimits limits;
  add_time_limits(parser, limits);
  bool keep_going = false;
  auto* going = parser.add_flag("--keep-going", keep_going,
                                "continue with stages that need no failed one (default)");
  parser
      .add_flag("--fail-fast", options.request.fail_fast,
                "stop all stages when the first one fails")
      ->excludes(going);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  options.request.stage_timeout = duration_of("--stage-timeout", limits.stage);
  options.request.run_timeout = duration_of("--timeout", limits.run);
  if (!limits.patience.empty()) {
    options.request.patience = duration_of("--patience", limits.patience);
  }
  if (!checkpoint_every.empty()) {
    options.request.checkpoint = checkpoint_interval(checkpoint_every);
  }
  options.request.command_line = "bench " + command_line_text(argc, argv);
  const auto run = check(options.request);
  outlive_readers();
  const int exit_code = carry_out(*run, options.request, listen_for_interrupts(), std::cout);
  if (options.request.store.empty()) name_store_elsewhere(run->store);
  return exit_code;
}

}  // namespace bench::runner
