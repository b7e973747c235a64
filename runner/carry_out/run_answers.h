#pragma once

#include <filesystem>
#include <string>

#include "db/run_reader.h"
#include "reports/write_report.h"

namespace bench::runner {

struct RunAnswers {
  reports::AnswerTexts texts{{}, "[]"};
  std::string why_not;  ///< "" where the experiment's questions could be looked up
};

/// What a recorded run says of the questions of its experiment. They stand in its file, which must
/// still be the one that was run.
RunAnswers answers_of_run(const db::RunReader& reader, const std::string& run_id,
                          const std::filesystem::path& store);

}  // namespace bench::runner
