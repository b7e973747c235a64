#pragma once

#include "db/run_reader.h"
#include "reports/content/study.h"
#include "runner/execute/stage_store.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// All that is on record of one run, as a report wants it. The experiment gives order and labels;
/// every number comes from the database.
/// \param run_id  of a run of this experiment.
reports::Study make_study(const Experiment& experiment, const db::RunReader& reader,
                          const std::string& run_id, const StageStore& store);

}  // namespace bench::runner
