#include "runner/execute/schedule.h"

#include <algorithm>

namespace bench::runner {
namespace {

// Seconds from the start of each stage to the end of the longest chain that waits for it.
std::vector<double> remaining_chains(const Plan& plan) {
  std::vector<double> seconds(plan.stages.size(), 0.0);
  for (std::size_t i = plan.stages.size(); i-- > 0;) {
    seconds[i] += plan.stages[i].estimated_seconds;
    for (const auto input : needed_by(plan.stages[i])) {
      seconds[input] = std::max(seconds[input], seconds[i]);
    }
  }
  return seconds;
}

}  // namespace

Schedule::Schedule(const Plan& plan)
    : dependents_(plan.stages.size()),
      missing_(plan.stages.size(), 0),
      chains_(remaining_chains(plan)) {
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    alone_.push_back(plan.stages[i].alone);
    for (const auto input : needed_by(plan.stages[i])) {
      dependents_[input].push_back(i);
      ++missing_[i];
    }
  }
}

std::vector<std::size_t> Schedule::provide(std::size_t stage) {
  std::vector<std::size_t> complete;
  for (const auto dependent : dependents_[stage]) {
    if (--missing_[dependent] == 0) complete.push_back(dependent);
  }
  return complete;
}

void Schedule::withdraw(std::size_t stage) {
  for (const auto dependent : dependents_[stage]) {
    ++missing_[dependent];
    take(dependent);
  }
}

std::optional<std::size_t> Schedule::first_ready() const {
  if (ready_.empty()) return std::nullopt;
  return std::get<std::size_t>(*ready_.begin());
}

std::optional<std::size_t> Schedule::ready_after(std::size_t stage) const {
  const auto next = ready_.upper_bound(rank(stage));
  if (next == ready_.end()) return std::nullopt;
  return std::get<std::size_t>(*next);
}

}  // namespace bench::runner
