#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "runner/plan/plan.h"

namespace bench::runner {

/// Which stages of a plan wait for which, and which could start now, in the order in which they
/// should: those whose time is measured last, else the longest remaining chain first. Each change
/// costs the logarithm of the number of stages at most.
class Schedule {
 public:
  explicit Schedule(const Plan& plan);

  /// The stages that read a result of `stage`; one that reads it twice stands here twice.
  const std::vector<std::size_t>& dependents(std::size_t stage) const { return dependents_[stage]; }

  /// Whether all that `stage` reads is there.
  bool has_inputs(std::size_t stage) const { return missing_[stage] == 0; }

  /// The result of `stage` is there. \returns the dependents that have all their inputs now.
  std::vector<std::size_t> provide(std::size_t stage);

  /// The result of `stage` is lost again: what needs it is no longer ready.
  void withdraw(std::size_t stage);

  void make_ready(std::size_t stage) { ready_.insert(rank(stage)); }
  void take(std::size_t stage) { ready_.erase(rank(stage)); }

  bool is_ready(std::size_t stage) const { return ready_.contains(rank(stage)); }

  /// The ready stages in the order in which they should start: the first, and the next after
  /// `stage`, which need not be ready any more.
  std::optional<std::size_t> first_ready() const;
  std::optional<std::size_t> ready_after(std::size_t stage) const;
  bool none_ready() const { return ready_.empty(); }

 private:
  using Rank = std::tuple<bool, double, std::size_t>;
  Rank rank(std::size_t stage) const { return {alone_[stage], -chains_[stage], stage}; }

  std::vector<std::vector<std::size_t>> dependents_;
  std::vector<std::size_t> missing_;
  std::vector<double> chains_;
  std::vector<bool> alone_;
  std::set<Rank> ready_;
};

}  // namespace bench::runner
