#pragma once

#include <string>
#include <vector>

#include "db/records.h"
#include "reports/content/study.h"
#include "runner/experiment/experiment.h"

namespace bench::runner {

/// In words for a report: what the degradation is, which images train and test, what must be
/// said of the split. \param protocols  the experiment's, without noise
reports::TaskFacts task_facts(const Task& task, const TaskData& data,
                              const std::vector<std::string>& protocols);

/// In words for a report: what the contestant is and how it was trained.
reports::ContestantFacts contestant_facts(const Contestant& contestant,
                                          const ContestantBudget& budget);

/// As a report reads it.
reports::Ask ask_facts(const Ask& ask);

/// In words for a report: on what the costs were measured, a sentence.
std::string cost_conditions(const Profile& profile);

/// What must stand beside the results of a contestant whose architecture was chosen on test data;
/// "" for all others.
std::string test_data_caveat(const Contestant& contestant, const ContestantBudget& budget);

/// Whether the run is the experiment of its file: --set makes another one of it, unless it says
/// only how it is computed (`machine`).
bool is_as_stated(const db::RunRecord& run);

}  // namespace bench::runner
