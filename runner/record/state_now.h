#pragma once

#include <string>

#include "db/records.h"

namespace bench::runner {

/// What was killed could not say so: on record it still runs. \param at_work  run_at_work(store)
inline db::RunState state_now(db::RunState recorded, const std::string& run_id,
                              const std::string& at_work) {
  const bool is_dead = recorded == db::RunState::kRunning && run_id != at_work;
  return is_dead ? db::RunState::kInterrupted : recorded;
}

/// The same of a stage: what ran or waited in a run that was killed was interrupted.
inline exchange::StageState state_now(exchange::StageState recorded, const std::string& run_id,
                                      const std::string& at_work) {
  const bool is_dead = exchange::is_open(recorded) && run_id != at_work;
  return is_dead ? exchange::StageState::kInterrupted : recorded;
}

}  // namespace bench::runner
