#include <iostream>

#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "verdicts/compare/branch_comparison.h"

namespace bench::runner {
namespace {

OwnCommits commits_of(const std::string& name, const std::string& other) {
  const auto commits = own_commits(".", name, other);
  if (commits) return *commits;
  throw core::BadInput(
      "bench compare --branches " + name + " " + other +
      ": git does not know one of these branches, tags or commits in the current repository. "
      "Check the spelling and run the command inside the checkout");
}

verdicts::RunComparison compared(const db::RunReader& reader,
                                 const verdicts::CompareRequest& request,
                                 const std::string& experiment, bool branches) {
  if (!branches) return verdicts::compare_runs(reader, request);
  return verdicts::compare_branches(reader, {.first = commits_of(request.first, request.second),
                                             .second = commits_of(request.second, request.first),
                                             .experiment = experiment,
                                             .scores = request});
}

}  // namespace

int compare_command(int argc, char** argv) {
  CLI::App parser(
      "Compare two runs or contestants, paired by image and seed, and list what else differs.");
  name_parser(parser, "compare");
  verdicts::CompareRequest request;
  std::filesystem::path store;
  std::string experiment;
  bool as_json = false, branches = false;
  const char* const kSide = "RUN, RUN:CONTESTANT or a contestant of the latest run";
  parser.add_option("A", request.first, kSide)->required();
  parser.add_option("B", request.second, kSide)->required();
  auto* by_branch = parser.add_flag("--branches", branches,
                                    "compare runs made on branches, tags or commits A and B");
  parser.add_option("--experiment", experiment, "experiment for --branches [the newest on both]")
      ->needs(by_branch);
  parser.add_option("--contestant", request.contestant,
                    "contestant of a side that names only a run");
  parser.add_option("--task", request.task, "task to compare [all that both sides have]");
  parser
      .add_option("--metric", request.metrics, "protocol, or psnr, ssim, ... [first protocol of A]")
      ->expected(1)
      ->take_all();
  parser.add_option("--margin", request.margin,
                    "largest difference that counts as equal [0.05dB for PSNR]");
  parser.add_flag("--json", as_json, "print the result as JSON");
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const db::RunReader reader(store / "bench.db");
  const auto comparison = compared(reader, request, experiment, branches);
  std::cout << (as_json ? verdicts::comparison_json(comparison)
                        : verdicts::comparison_text(comparison));
  return comparison.scores.empty() ? kExitNothingMeasured : kExitOk;
}

}  // namespace bench::runner
