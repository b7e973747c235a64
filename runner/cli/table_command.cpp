#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "core/json/bad_input.h"
#include "reports/render/paper_table.h"
#include "reports/sections/paper_scores.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/run_options.h"

namespace bench::runner {

int table_command(int argc, char** argv) {
  CLI::App parser(
      "Print a table of scores for a paper: contestants by tasks.\n"
      "LaTeX needs booktabs alone.");
  name_parser(parser, "table");
  RunOptions options;
  std::string run_id, form = "latex";
  reports::PaperSelection selection;
  reports::PaperOptions paper;
  std::optional<int> digits;
  add_run_options(parser, options);
  parser.add_option("--run", run_id,
                    "run id or the start of one [the run that bench run would do]");
  parser.add_option("--metric", selection.metric, "psnr, ssim, ... or a protocol [the first one]");
  parser.add_option("--rows", selection.contestants, "contestants, in this order: a,b,c [all]")
      ->delimiter(',');
  parser.add_option("--columns", selection.tasks, "tasks, in this order: a,b [all]")
      ->delimiter(',');
  parser.add_option("--digits", digits, "digits after the point [2 for PSNR, 4 for SSIM]")
      ->check(CLI::Range(0, 6));
  parser.add_flag("--intervals", paper.with_intervals, "add the 95 % interval over seeds");
  const std::map<std::string, reports::PaperForm> forms = {
      {"latex", reports::PaperForm::kLatex},
      {"siunitx", reports::PaperForm::kSiunitx},
      {"markdown", reports::PaperForm::kMarkdown},
      {"typst", reports::PaperForm::kTypst}};
  parser.add_option("--to", form, "latex, siunitx (LaTeX with aligned numbers), markdown, typst")
      ->check(CLI::IsMember({"latex", "siunitx", "markdown", "typst"}))
      ->capture_default_str();
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  finish_run_options(options);
  if (form == "markdown" && paper.with_intervals) {
    throw core::BadInput("--intervals: Markdown tables always have them; leave it out");
  }
  paper.form = forms.at(form);
  paper.digits = digits;
  const auto run = check(options.request);
  const auto study = study_of_run(*run, run_id.empty() ? run->run_id : run_id);
  std::cout << reports::paper_table(reports::paper_scores(study, selection), paper);
  return kExitOk;
}

}  // namespace bench::runner
