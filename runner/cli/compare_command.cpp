#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/decide/comparison.h"

namespace bench::runner {

int compare_command(int argc, char** argv) {
  CLI::App parser(
      "How much better A is than B: paired over pictures and seeds, with what else differs.");
  name_parser(parser, "compare");
  CompareRequest request;
  std::filesystem::path store;
  bool as_json = false;
  const char* const kSide = "RUN, RUN:CONTESTANT, or a contestant of the latest run";
  parser.add_option("A", request.first, kSide)->required();
  parser.add_option("B", request.second, kSide)->required();
  parser.add_option("--contestant", request.contestant, "of a side that names only a run");
  parser.add_option("--task", request.task, "[all that both have]");
  parser
      .add_option("--metric", request.metrics,
                  "a protocol's text, or psnr, ssim, ... [A's leading one]")
      ->expected(1)
      ->take_all();
  parser.add_option("--margin", request.margin, "what counts as equal [0.05dB for PSNR]");
  parser.add_flag("--json", as_json, "facts as JSON");
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const db::RunReader reader(store / "bench.db");
  const auto comparison = compare_runs(reader, request);
  std::cout << (as_json ? comparison_json(comparison) : comparison_text(comparison));
  return comparison.scores.empty() ? kExitNothingMeasured : kExitOk;
}

}  // namespace bench::runner
