#include "verdicts/gate/cost_gate.h"

#include <charconv>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"

namespace bench::verdicts {
namespace {

CostBaseline read_baseline(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw core::BadInput("--baseline " + file.string() +
                         ": file not found. Make one with bench gate cost --write-baseline");
  }
  return parse_cost_baseline(files::read_file(file), file.string());
}

void decide(const CostGateRequest& request, CostGateOutcome& outcome) {
  const auto& measured = outcome.measured;
  outcome.verdict =
      measured.baseline
          ? decide_interleaved(*measured.baseline, measured.candidate.figures, outcome.options)
          : decide_frozen(read_baseline(request.baseline_file), measured.candidate,
                          outcome.options);
}

void add_rounds(const MeasuredCosts& second, MeasuredCosts& measured) {
  measured.candidate.figures =
      with_more_rounds(measured.candidate.figures, second.candidate.figures);
  if (measured.baseline) {
    measured.baseline = with_more_rounds(*measured.baseline, *second.baseline);
  }
}

std::optional<CostGateOutcome> measure_and_judge(const CostGateRequest& request,
                                                 const MeasureCosts& measure) {
  CostGateOutcome outcome{.options = {.margin = margin_as_share(request.margin)},
                          .baseline_name = request.baseline_file.empty()
                                               ? request.baseline_name
                                               : request.baseline_file.string()};
  // A file that cannot be read is said before the minutes of measuring.
  if (!request.baseline_file.empty()) read_baseline(request.baseline_file);
  auto first = measure();
  if (!first) return std::nullopt;
  outcome.measured = std::move(*first);
  decide(request, outcome);
  if (!request.remeasure || outcome.verdict.verdict == GateVerdict::kPass) return outcome;
  const auto second = measure();
  if (!second) return std::nullopt;
  add_rounds(*second, outcome.measured);
  decide(request, outcome);
  outcome.was_measured_again = true;
  return outcome;
}

}  // namespace

std::optional<CostGateOutcome> judge_costs(const CostGateRequest& request,
                                           const MeasureCosts& measure) {
  try {
    return measure_and_judge(request, measure);
  } catch (const GateError& error) {
    throw core::BadInput(error.what());
  }
}

CostBaseline next_cost_baseline(const std::filesystem::path& file, const CostBaseline& measured,
                                const std::string& margin, const std::string& reason) {
  if (!reason.empty()) return re_anchor(measured, reason);
  if (!std::filesystem::is_regular_file(file)) return measured;
  try {
    const auto old = read_baseline(file);
    const CostOptions options{.margin = margin_as_share(margin)};
    return advance(old, measured, decide_frozen(old, measured, options));
  } catch (const GateError& error) {
    throw core::BadInput(file.string() + " already exists. " + error.what() + " (--reason TEXT)");
  }
}

double margin_as_share(const std::string& text) {
  constexpr double kPercent = 0.01;
  double value = 0.0;
  const char* last = text.data() + text.size();
  const auto [end, code] = std::from_chars(text.data(), last, value);
  std::string rest(end, last);
  rest.erase(0, rest.find_first_not_of(' '));
  if (rest == "%") value *= kPercent;
  if (code == std::errc() && (rest.empty() || rest == "%") && value > 0.0 && value < 10.0) {
    return value;
  }
  throw core::BadInput("--margin: expected a share such as 5% or 0.05, found \"" + text + "\"");
}

}  // namespace bench::verdicts
