#include <algorithm>
#include <atomic>
#include <iostream>
#include <string_view>

#include "core/json/bad_input.h"
#include "runner/carry_out/carry_out.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "stages/exchange/atomic_file.h"
#include "verdicts/gate/gate_request.h"

namespace bench::runner {
namespace {

struct GateArguments {
  verdicts::GateRequest request;
  std::filesystem::path store;
  std::filesystem::path output;
  std::filesystem::path write_baseline;
  std::string from;
  std::string reason;
  bool remeasure = false;
  std::int64_t threads = 0;  ///< of what is measured again; 0: as many as the machine has
  bool as_json = false;
};

void add_options(CLI::App& parser, GateArguments& arguments) {
  verdicts::GateRequest& request = arguments.request;
  parser.add_option("--baseline", request.baseline, "a baseline file, or a run");
  parser
      .add_option("--candidate", request.candidates,
                  "a run; given twice, the second run's seeds are added where the first's are no "
                  "pass")
      ->expected(1)
      ->take_all();
  parser.add_option("--contestant", request.choice.contestant, "[the run's only one]");
  parser.add_option("--task", request.choice.task, "[the contestant's only one]");
  parser.add_option("--protocol", request.choice.protocol,
                    "its text, or psnr, ssim, ... [the baseline's]");
  parser.add_option("--margin", request.margin, "the loss not to be passed [0.05dB for PSNR]");
  parser.add_option("--seed-role", request.seed_role,
                    "independent-trainings, matched-trainings or evaluation-only "
                    "[the baseline file's, or what the contestant says]");
  parser.add_flag("--remeasure", arguments.remeasure,
                  "unless it passes, run the candidate's experiment once with new seeds");
  parser
      .add_option("--threads", arguments.threads,
                  "of --remeasure: how many threads the stages may take together [all cores]")
      ->check(CLI::Range(1, 4096));
  parser.add_option("--output", arguments.output, "write the facts as JSON here");
  parser.add_flag("--json", arguments.as_json, "print the facts as JSON");
  parser.add_option("--write-baseline", arguments.write_baseline,
                    "store the scores of --from in this file; over an old one they must pass");
  parser.add_option("--from", arguments.from, "the run whose scores become the baseline");
  parser.add_option("--reason", arguments.reason,
                    "accept the scores of --from whatever the old baseline says; kept in the file");
  add_store_option(parser, arguments.store);
}

void require_consistent(const GateArguments& arguments) {
  const bool writes = !arguments.write_baseline.empty();
  if (writes != !arguments.from.empty()) {
    throw core::BadInput("bench gate: expected --write-baseline and --from together");
  }
  if (arguments.threads > 0 && !arguments.remeasure) {
    throw core::BadInput("--threads: expected it with --remeasure, which alone starts stages");
  }
  if (writes) return;
  if (arguments.request.baseline.empty() || arguments.request.candidates.empty()) {
    throw core::BadInput(
        "bench gate: expected --baseline FILE|RUN and --candidate RUN, or --write-baseline FILE "
        "and --from RUN");
  }
  if (arguments.request.candidates.size() > 2) {
    throw core::BadInput("--candidate: expected one run or two, found " +
                         std::to_string(arguments.request.candidates.size()));
  }
}

// Carries out the candidate's experiment once more, as many new seeds as it had.
std::string measure_again(const verdicts::ChosenScores& first, const GateArguments& arguments) {
  if (first.natural_role == verdicts::SeedRole::kEvaluationOnly || first.measured.seeds.empty()) {
    return "";
  }
  RunRequest request{.experiment_file = first.run.experiment_path,
                     .profile = first.run.profile,
                     .overrides = first.run.overrides,
                     .store = arguments.store,
                     .report_folder = arguments.store / "remeasured-report",
                     .threads = arguments.threads,
                     .command_line = "bench gate --remeasure"};
  const auto largest = *std::max_element(first.run.seeds.begin(), first.run.seeds.end());
  for (std::size_t i = 1; i <= first.run.seeds.size(); ++i) {
    request.seeds.push_back(static_cast<std::uint64_t>(largest) + i);
  }
  const auto run = check(request);
  if (run->experiment.text != first.run.experiment_text) {
    throw core::BadInput("--remeasure: expected " + first.run.experiment_path + " as run " +
                         first.run.run_id + " read it, found it changed. Run the candidate again");
  }
  static const std::atomic<bool> never{false};
  carry_out(*run, request, never, std::cerr);
  return run->run_id;
}

int write_baseline(const db::RunReader& reader, const GateArguments& arguments) {
  const auto baseline = verdicts::next_baseline(reader, arguments.write_baseline, arguments.from,
                                                arguments.request, arguments.reason);
  exchange::write_atomically(arguments.write_baseline, verdicts::to_json_text(baseline));
  std::cout << arguments.write_baseline.string() << ": " << baseline.measured.images.size()
            << " images, " << baseline.measured.seeds.size() << " seeds, "
            << baseline.measured.protocol << "\n";
  return kExitOk;
}

}  // namespace

int gate_command(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "cost") {
    return gate_cost_command(argc - 1, argv + 1);
  }
  CLI::App parser(
      "Is the candidate worse than the baseline? Paired over images and seeds.\n"
      "A pass shows that a loss of the margin is excluded; too little evidence is no pass.\n"
      "Of speed and memory: bench gate cost --help.");
  name_parser(parser, "gate");
  GateArguments arguments;
  add_options(parser, arguments);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  require_consistent(arguments);
  const db::RunReader reader(arguments.store / "bench.db");
  if (!arguments.write_baseline.empty()) return write_baseline(reader, arguments);
  verdicts::Remeasure remeasure;
  if (arguments.remeasure) {
    remeasure = [&](const verdicts::ChosenScores& first) {
      return measure_again(first, arguments);
    };
  }
  const auto outcome = judge(reader, arguments.request, remeasure);
  if (!arguments.output.empty()) {
    exchange::write_atomically(arguments.output, verdicts::gate_json(outcome));
  }
  std::cout << (arguments.as_json ? verdicts::gate_json(outcome)
                                  : verdicts::gate_paragraph(outcome) + "\n");
  return verdicts::exit_code(outcome.decision.verdict);
}

}  // namespace bench::runner
