#include <iostream>
#include <set>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/cost_options.h"
#include "runner/cli/lone_stage_run.h"
#include "runner/cost/cost_record.h"
#include "runner/cost/cost_rounds.h"
#include "runner/cost/yardstick.h"
#include "runner/host/build_facts.h"
#include "runner/host/provenance.h"
#include "runner/host/utc_time.h"
#include "verdicts/gate/cost_gate.h"

namespace bench::runner {
namespace {

struct Arguments {
  CostOptions cost;
  verdicts::CostGateRequest gate;
  std::string against;
  std::filesystem::path baseline_program;
  std::filesystem::path write_baseline;
  std::filesystem::path output;
  std::string reason;
  std::string command_line;
  int rounds = 12;
  bool as_json = false;
};

void add_options(CLI::App& parser, Arguments& arguments) {
  arguments.cost.stage.repetitions = 5;
  add_cost_options(parser, arguments.cost);
  parser.add_option("--baseline", arguments.gate.baseline_file,
                    "baseline file written on this machine");
  parser.add_option("--against", arguments.against,
                    "method or architecture to compare with, round by round");
  parser.add_option("--baseline-program", arguments.baseline_program,
                    "bench-stage of another build to compare with");
  parser
      .add_option("--rounds", arguments.rounds, "processes per side; a regression needs at least 8")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  parser.add_option("--margin", arguments.gate.margin, "largest acceptable increase")
      ->capture_default_str();
  parser.add_flag("--remeasure", arguments.gate.remeasure,
                  "measure as many rounds again unless the gate passes");
  parser.add_option("--write-baseline", arguments.write_baseline,
                    "measure and write; to replace a file, it must pass");
  parser.add_option("--reason", arguments.reason,
                    "accept the figures even if they fail; the file keeps it");
  parser.add_option("--output", arguments.output, "write the result to this file as JSON");
  parser.add_flag("--json", arguments.as_json, "print the result as JSON");
}

void require_consistent(const Arguments& arguments) {
  const int given = !arguments.gate.baseline_file.empty() + !arguments.against.empty() +
                    !arguments.baseline_program.empty() + !arguments.write_baseline.empty();
  if (given != 1) {
    throw core::BadInput(
        "gate cost: expected exactly one of --baseline, --against, --baseline-program and "
        "--write-baseline, found " +
        std::to_string(given));
  }
}

std::string conditions_of(const exchange::CostStage& stage) {
  const auto& machine = stage.machine;
  return std::to_string(stage.height) + " x " + std::to_string(stage.width) + ", " +
         std::to_string(stage.channels) + " channel(s), batch of " + std::to_string(stage.batch) +
         ", " + text::name_of(machine.device) + ", " + std::to_string(machine.threads) +
         " thread(s), " + text::name_of(machine.precision) + ", " + text::name_of(machine.layout);
}

std::string joined(const Facts& facts) {
  std::string text;
  for (const auto& [name, value] : facts) text += (text.empty() ? "" : "; ") + name + " " + value;
  return text;
}

// What times depend on; not the name of the kernel, which changes without them.
std::string environment() {
  static const std::set<std::string> telling = {
      "processor", "vector extensions", "cores", "GPU", "compiler", "flags", "LibTorch built with"};
  Facts facts = machine_facts();
  for (const auto& fact : program_facts()) facts.push_back(fact);
  std::erase_if(facts, [](const auto& fact) { return !telling.contains(fact.first); });
  return joined(facts);
}

MeasureOnce once(const Arguments& arguments, const std::string& subject,
                 const std::filesystem::path& program) {
  const auto stage = cost_stage(arguments.cost, subject);
  return [stage, subject, program]() -> std::optional<metrics::ComplexityRecord> {
    const auto result = run_stage_alone(
        {.kind = "cost", .name = "cost of " + subject, .settings_json = exchange::to_json(stage)},
        "measured", program);
    if (!result) return std::nullopt;
    return cost_record(stage, *result);
  };
}

std::optional<verdicts::MeasuredCosts> measure(const Arguments& arguments) {
  const auto& subject = arguments.cost.subject;
  std::vector<MeasureOnce> sides = {once(arguments, subject, {})};
  if (!arguments.against.empty()) sides.push_back(once(arguments, arguments.against, {}));
  if (!arguments.baseline_program.empty()) {
    sides.push_back(once(arguments, subject, arguments.baseline_program));
  }
  auto figures = cost_rounds(sides, arguments.rounds, yardstick_ms);
  if (!figures) return std::nullopt;
  verdicts::MeasuredCosts measured{
      .candidate = {.subject = subject,
                    .conditions = conditions_of(cost_stage(arguments.cost, subject)),
                    .figures = figures->front(),
                    .provenance = {.command = arguments.command_line,
                                   .code = joined(source_facts(kSourceFolder)),
                                   .data = "random images",
                                   .environment = environment(),
                                   .measured_at = utc_now()}}};
  if (sides.size() > 1) measured.baseline = figures->back();
  return measured;
}

int write_baseline(const Arguments& arguments) {
  const auto measured = measure(arguments);
  if (!measured) return kExitInterrupted;
  const auto baseline = verdicts::next_cost_baseline(arguments.write_baseline, measured->candidate,
                                                     arguments.gate.margin, arguments.reason);
  files::write_file(arguments.write_baseline, verdicts::to_json_text(baseline));
  std::cout << arguments.write_baseline.string() << ": " << baseline.subject << ", "
            << baseline.conditions << ", " << arguments.rounds << " rounds\n";
  return kExitOk;
}

}  // namespace

int gate_cost_command(int argc, char** argv) {
  CLI::App parser(
      "Check whether restoring an image has become slower or needs more memory.\n"
      "Each round is a process of its own. If both sides are measured, their rounds alternate,\n"
      "so that a slow minute affects both.");
  name_parser(parser, "gate cost");
  Arguments arguments;
  add_options(parser, arguments);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  require_consistent(arguments);
  arguments.command_line = "bench gate " + command_line_text(argc, argv);
  if (!arguments.write_baseline.empty()) return write_baseline(arguments);
  arguments.gate.baseline_name =
      arguments.against.empty() ? arguments.baseline_program.string() : arguments.against;
  const auto outcome = verdicts::judge_costs(arguments.gate, [&] { return measure(arguments); });
  if (!outcome) return kExitInterrupted;
  if (!arguments.output.empty()) {
    files::write_file(arguments.output, verdicts::cost_gate_json(*outcome));
  }
  std::cout << (arguments.as_json ? verdicts::cost_gate_json(*outcome)
                                  : verdicts::cost_gate_paragraph(*outcome) + "\n");
  return verdicts::exit_code(outcome->verdict.verdict);
}

}  // namespace bench::runner
