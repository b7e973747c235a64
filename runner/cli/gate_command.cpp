#include <algorithm>
#include <iostream>
#include <string_view>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "runner/carry_out/carry_out.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/interrupt.h"
#include "runner/cli/store_options.h"
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
  parser.add_option("--baseline", request.baseline, "baseline file or run");
  parser
      .add_option("--candidate", request.candidates,
                  "run; if given twice, seeds of the second are added if needed")
      ->expected(1)
      ->take_all();
  parser.add_option("--contestant", request.choice.contestant,
                    "contestant to judge [the only one of the run]");
  parser.add_option("--task", request.choice.task,
                    "task to judge [the only one of the contestant]");
  parser.add_option("--protocol", request.choice.protocol,
                    "protocol, or psnr, ssim, ... [the baseline's]");
  parser.add_option("--margin", request.margin, "largest acceptable loss [0.05dB for PSNR]");
  parser.add_option("--seed-role", request.seed_role,
                    "role of the seeds, see docs/ci.md [as recorded]");
  parser.add_flag("--allow-other-subject", request.allow_other_subject,
                  "compare different contestants, tasks or experiments");
  parser.add_flag("--remeasure", arguments.remeasure,
                  "rerun once with new seeds unless the gate passes");
  parser
      .add_option("--threads", arguments.threads, "total CPU threads for --remeasure [all cores]")
      ->check(CLI::Range(1, 4096));
  parser.add_option("--output", arguments.output, "write the result to this file as JSON");
  parser.add_flag("--json", arguments.as_json, "print the result as JSON");
  parser.add_option("--write-baseline", arguments.write_baseline,
                    "write scores of --from; to replace a file, they must pass");
  parser.add_option("--from", arguments.from, "run whose scores become the baseline");
  parser.add_option("--reason", arguments.reason,
                    "accept --from even if it fails; the file keeps the reason");
  add_store_option(parser, arguments.store);
}

// What judges a candidate has no effect where a baseline is written.
void require_only_writing(const GateArguments& arguments) {
  const std::pair<bool, const char*> judging[] = {
      {!arguments.request.baseline.empty(), "--baseline"},
      {!arguments.request.candidates.empty(), "--candidate"},
      {arguments.remeasure, "--remeasure"},
      {!arguments.output.empty(), "--output"},
      {arguments.as_json, "--json"}};
  for (const auto& [given, option] : judging) {
    if (!given) continue;
    throw core::BadInput(std::string("gate: ") + option +
                         " does not apply to --write-baseline. Judge and write in two commands");
  }
}

void require_consistent(const GateArguments& arguments) {
  const bool writes = !arguments.write_baseline.empty();
  if (writes != !arguments.from.empty()) {
    throw core::BadInput("gate: --write-baseline and --from must be given together");
  }
  if (arguments.threads > 0 && !arguments.remeasure) {
    throw core::BadInput(
        "gate: --threads applies only to --remeasure. Add --remeasure or remove --threads");
  }
  if (!writes && !arguments.reason.empty()) {
    throw core::BadInput(
        "gate: --reason applies only to --write-baseline. Add --write-baseline or remove --reason");
  }
  if (writes) return require_only_writing(arguments);
  if (arguments.request.baseline.empty() || arguments.request.candidates.empty()) {
    throw core::BadInput(
        "gate: nothing to judge. Pass --baseline FILE|RUN with --candidate RUN, or "
        "--write-baseline "
        "FILE with --from RUN");
  }
  if (arguments.request.candidates.size() > 2) {
    throw core::BadInput("gate: --candidate: expected one or two runs, found " +
                         std::to_string(arguments.request.candidates.size()));
  }
}

// Carries out the candidate's experiment once more, as many new seeds as it had.
// \param ended  the exit code of that run. Only a whole one counts: which seeds an interrupted run
//               has finished may depend on their scores.
std::string measure_again(const verdicts::ChosenScores& first, const GateArguments& arguments,
                          int& ended) {
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
    throw core::BadInput("gate: --remeasure: " + first.run.experiment_path +
                         " has changed since run " + first.run.run_id +
                         ". Run the candidate again");
  }
  ended = carry_out(*run, request, listen_for_interrupts(), std::cerr);
  return ended == kExitOk ? run->run_id : "";
}

int write_baseline(const db::RunReader& reader, const GateArguments& arguments) {
  const auto baseline = verdicts::next_baseline(reader, arguments.write_baseline, arguments.from,
                                                arguments.request, arguments.reason);
  files::write_file(arguments.write_baseline, verdicts::to_json_text(baseline));
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
      "Check whether a candidate is worse than a baseline, paired by image and seed.\n"
      "A pass rules out a loss of the margin or more; weak evidence is inconclusive, not a pass.\n"
      "For speed and memory, see bench gate cost --help.");
  name_parser(parser, "gate");
  GateArguments arguments;
  add_options(parser, arguments);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  require_consistent(arguments);
  const db::RunReader reader(arguments.store / "bench.db");
  if (!arguments.write_baseline.empty()) return write_baseline(reader, arguments);
  int ended = kExitOk;
  verdicts::Remeasure remeasure;
  if (arguments.remeasure) {
    remeasure = [&](const verdicts::ChosenScores& first) {
      return measure_again(first, arguments, ended);
    };
  }
  const auto outcome = judge(reader, arguments.request, remeasure);
  if (ended != kExitOk) {
    std::cerr << "bench gate: nothing is judged, because the second measurement "
              << (ended == kExitInterrupted ? "was interrupted. The same command goes on with it.\n"
                                            : "failed. See the reasons above.\n");
    return ended;
  }
  if (!arguments.output.empty()) {
    files::write_file(arguments.output, verdicts::gate_json(outcome));
  }
  std::cout << (arguments.as_json ? verdicts::gate_json(outcome)
                                  : verdicts::gate_paragraph(outcome) + "\n");
  return verdicts::exit_code(outcome.decision.verdict);
}

}  // namespace bench::runner
