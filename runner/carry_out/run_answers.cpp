#include "runner/carry_out/run_answers.h"

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "runner/carry_out/programs.h"
#include "runner/execute/stage_store.h"
#include "runner/experiment/experiment.h"
#include "runner/study/make_study.h"

namespace bench::runner {
namespace {

bool is_still_there(const std::filesystem::path& file, const std::string& text) {
  return std::filesystem::is_regular_file(file) && files::read_file(file) == text;
}

}  // namespace

RunAnswers answers_of_run(const db::RunReader& reader, const std::string& run_id,
                          const std::filesystem::path& store) {
  const auto run = reader.find_run(run_id);
  const auto file = given_or_installed(run.experiment_path);
  RunAnswers answers;
  if (!is_still_there(file, run.experiment_text)) {
    answers.why_not = run.experiment_path + " is not here, or has changed since this run";
    return answers;
  }
  try {
    const auto experiment = read_experiment(file, run.overrides);
    if (experiment.asks.empty()) return answers;
    answers.texts =
        reports::answer_texts(make_study(experiment, reader, run.run_id, StageStore(store)));
  } catch (const core::BadInput& error) {
    // A recipe or a claims file beside it may have changed.
    answers.why_not = error.what();
  }
  return answers;
}

}  // namespace bench::runner
