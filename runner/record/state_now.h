#pragma once

#include <filesystem>
#include <string>

#include "db/records.h"
#include "runner/execute/run_lock.h"

namespace bench::runner {

/// What was killed could not say so: on record it still runs. \param store  its root
inline db::RunState state_now(db::RunState recorded, const std::string& run_id,
                              const std::filesystem::path& store) {
  const bool is_dead = recorded == db::RunState::kRunning && !is_at_work(store, run_id);
  return is_dead ? db::RunState::kInterrupted : recorded;
}

/// The same of a stage: what ran or waited in a run that was killed was interrupted.
inline exchange::StageState state_now(exchange::StageState recorded, bool run_is_at_work) {
  const bool is_dead = exchange::is_open(recorded) && !run_is_at_work;
  return is_dead ? exchange::StageState::kInterrupted : recorded;
}

}  // namespace bench::runner
