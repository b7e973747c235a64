#include "runner/progress/view.h"

#include <algorithm>

#include "core/text/number.h"
#include "core/text/visible_text.h"

namespace bench::runner {
namespace {

constexpr auto kRedrawInterval = std::chrono::milliseconds(200);

std::string shortened(const std::string& line, int width) {
  const auto limit = static_cast<std::size_t>(std::max(width - 1, 10));
  return line.size() <= limit ? line : line.substr(0, limit - 3) + "...";
}

}  // namespace

ProgressView::ProgressView(const Plan& plan, const std::vector<StageOutcome>& known,
                           std::int64_t threads, std::ostream& out, int terminal_width)
    : plan_(plan),
      states_(plan.stages.size(), StageState::kQueued),
      threads_(threads),
      out_(out),
      width_(terminal_width) {
  for (std::size_t i = 0; i < known.size(); ++i) states_[i] = known[i].state;
}

void ProgressView::changed(std::size_t stage, const StageOutcome& outcome) {
  const std::string& name = plan_.stages[stage].name;
  const bool was_cached = states_[stage] == StageState::kCached;
  states_[stage] = outcome.state;
  if (outcome.state == StageState::kRunning) {
    started_[stage] = Clock::now();
    if (width_ == 0) print_above("start    " + name);
    return;
  }
  progress_.erase(stage);
  if (outcome.state == StageState::kDone && outcome.result) {
    const double seconds = outcome.result->resources.wall_seconds;
    estimated_done_ += plan_.stages[stage].estimated_seconds;
    measured_done_ += seconds;
    print_above("done     " + name + "  (" + text::duration(seconds) + ")");
  } else if (outcome.state == StageState::kCached) {
    if (!was_cached) print_above("cached   " + name);
  } else {
    print_named(std::string(to_string(outcome.state)), stage, outcome.reason);
  }
}

void ProgressView::noticed(std::size_t stage, const std::string& what) {
  print_named("notice", stage, what);
}

void ProgressView::announced(const std::string& what) {
  print_above("notice   " + text::visible_text(what));
}

void ProgressView::print_named(const std::string& word, std::size_t stage,
                               const std::string& reason) {
  print_above(word + std::string(word.size() < 9 ? 9 - word.size() : 1, ' ') +
              plan_.stages[stage].name + (reason.empty() ? "" : ": " + reason));
}

void ProgressView::progressed(std::size_t stage, const exchange::Progress& progress) {
  progress_[stage] = progress;
}

std::string ProgressView::stage_line(std::size_t stage) const {
  std::string line = "  " + plan_.stages[stage].name;
  const auto found = progress_.find(stage);
  if (found == progress_.end()) return line;
  const auto& progress = found->second;
  line += "  " + std::to_string(progress.step) + "/" + std::to_string(progress.steps);
  if (progress.loss) line += "  loss " + text::fixed(*progress.loss, 5);
  if (progress.psnr_db) line += "  " + text::fixed(*progress.psnr_db, 2) + " dB";
  return line;
}

double ProgressView::remaining_seconds() const {
  double estimated = 0;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (states_[i] != StageState::kQueued && states_[i] != StageState::kRunning) continue;
    double share = 1;
    const auto found = progress_.find(i);
    if (found != progress_.end() && found->second.steps > 0) {
      share -= static_cast<double>(found->second.step) / static_cast<double>(found->second.steps);
    }
    estimated += share * plan_.stages[i].estimated_seconds;
  }
  // The estimate knows the plan, the finished stages know the machine: believed as they add up.
  constexpr double kTrustedFrom = 30;  // seconds
  const double speed = (measured_done_ + kTrustedFrom) / (estimated_done_ + kTrustedFrom);
  return estimated * speed / static_cast<double>(threads_);
}

std::string ProgressView::summary_line() const {
  const auto count = [&](StageState state) {
    return std::count(states_.begin(), states_.end(), state);
  };
  const auto good = count(StageState::kDone) + count(StageState::kCached);
  const auto bad = std::count_if(states_.begin(), states_.end(), exchange::is_bad);
  std::string line = std::to_string(good) + "/" + std::to_string(states_.size()) + " stages, " +
                     std::to_string(count(StageState::kRunning)) + " running";
  if (bad > 0) line += ", " + std::to_string(bad) + " failed";
  return line + ", about " + text::duration(remaining_seconds()) + " left";
}

void ProgressView::print_above(const std::string& line) {
  clear();
  out_ << line;
  if (width_ == 0) out_ << "  [" << summary_line() << "]";
  out_ << "\n" << std::flush;
}

void ProgressView::clear() {
  if (lines_drawn_ > 0) out_ << "\x1b[" << lines_drawn_ << "A\x1b[J" << std::flush;
  lines_drawn_ = 0;
}

void ProgressView::draw() {
  clear();
  out_ << shortened(summary_line(), width_) << "\n";
  lines_drawn_ = 1;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (states_[i] != StageState::kRunning) continue;
    out_ << shortened(stage_line(i), width_) << "\n";
    ++lines_drawn_;
  }
  out_ << std::flush;
}

void ProgressView::tick() {
  if (width_ == 0 || Clock::now() - last_drawn_ < kRedrawInterval) return;
  last_drawn_ = Clock::now();
  draw();
}

}  // namespace bench::runner
