#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "runner/execute/executor.h"

namespace bench::runner {

/// What a running plan shows: in a terminal a few lines that are redrawn, in a pipe one plain line
/// an event.
class ProgressView : public ExecutionObserver {
 public:
  /// \param terminal_width  columns, or 0 for plain lines.
  ProgressView(const Plan& plan, const std::vector<StageOutcome>& known, std::int64_t threads,
               std::ostream& out, int terminal_width);

  void changed(std::size_t stage, const StageOutcome& outcome) override;
  void progressed(std::size_t stage, const exchange::Progress& progress) override;
  void tick() override;
  void noticed(std::size_t stage, const std::string& what) override;
  void announced(const std::string& what) override;

  /// Removes the redrawn lines, so that other text can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string stage_line(std::size_t stage) const;
  std::string summary_line() const;
  double remaining_seconds() const;
  void print_above(const std::string& line);
  void print_named(const std::string& word, std::size_t stage, const std::string& reason);
  void draw();

  const Plan& plan_;
  std::vector<StageState> states_;
  std::map<std::size_t, exchange::Progress> progress_;  ///< of running stages
  std::map<std::size_t, Clock::time_point> started_;
  double estimated_done_ = 0;  ///< sum of the estimates of what was done here,
  double measured_done_ = 0;   ///< and what it took
  std::int64_t threads_;
  std::ostream& out_;
  int width_;
  int lines_drawn_ = 0;
  Clock::time_point last_drawn_{};
};

}  // namespace bench::runner
