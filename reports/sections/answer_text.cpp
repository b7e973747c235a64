#include "reports/sections/answer_parts.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "reports/content/number_text.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/cost_scale.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

constexpr double kLevel = 0.05;

/// A task's label inside a sentence: "Denoising, sigma 50" begins with a small letter there, "SOTS"
/// does not.
std::string inside_sentence(std::string label) {
  const auto is_small = [](char letter) {
    return std::islower(static_cast<unsigned char>(letter)) != 0;
  };
  if (label.size() > 1 && is_small(label[1])) {
    label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
  }
  return label;
}

std::string on_task(const Study& study, const std::string& task) {
  return "On " + inside_sentence(task_label(study, task)) + ", ";
}

std::string range_text(const Interval& interval, const std::string& protocol) {
  const auto metric = metric_of_protocol(protocol);
  return rounded(interval.low, metric.decimals) + " to " + rounded(interval.high, metric.decimals) +
         (metric.unit.empty() ? "" : " " + metric.unit);
}

/// Of one test its own p; of several the corrected one, which decides.
std::string p_texts(const Asked& asked, int tests) {
  if (tests == 1 || !asked.corrected_p) return p_text(*asked.p);
  return p_text(*asked.corrected_p) + " corrected for " + std::to_string(tests) + " tests";
}

/// The interval of the winner's lead: as far as it is ahead, whoever it is.
Interval seen_from(const Interval& interval, bool turn) {
  return turn ? Interval{-interval.high, -interval.low} : interval;
}

/// "restores 0.52 dB better than", "scores 0.0123 lower in SSIM than".
std::string verb_text(double effect, const std::string& protocol) {
  const auto metric = metric_of_protocol(protocol);
  const auto amount = amount_text(std::abs(effect), protocol);
  if (!metric.unit.empty()) {
    return "restores " + amount + (effect > 0 ? " better than " : " worse than ");
  }
  return std::string("restores ") + (effect > 0 ? "better" : "worse") + " by " + amount + " " +
         metric.label + " than ";
}

/// What these seeds can show, where they showed nothing.
std::string power_text(const MethodDifference& difference, const std::string& protocol) {
  if (!difference.detectable_now) return "";
  return "; these seeds can show " + amount_text(*difference.detectable_now, protocol);
}

void say_untested(const std::string& opening, const Asked& asked, Answer& answer) {
  answer.finding = "undecided";
  answer.sentence = opening +
                    "nothing can be said of the two methods: " + asked.difference->refusal +
                    " (difference " + amount_text(asked.difference->effect, answer.protocol) + ").";
}

void answer_better(const Study& study, const Asked& asked, int tests, Answer& answer) {
  const auto& found = *asked.difference;
  const auto opening = on_task(study, asked.task);
  const auto a = contestant_label(study, answer.contestant);
  const auto b = contestant_label(study, answer.other);
  answer.effect = found.effect;
  answer.interval = found.interval;
  if (!found.p) {
    say_untested(opening, asked, answer);
    return;
  }
  const auto facts = p_texts(asked, tests) + "; " + found.sample;
  if (!is_shown(asked)) {
    answer.finding = "undecided";
    answer.sentence = opening + a + " and " + b + " are not distinguishable (95 % interval " +
                      range_text(*found.interval, answer.protocol) + ", " + facts +
                      power_text(found, answer.protocol) + ").";
    return;
  }
  const bool is_worse = found.effect < 0;
  answer.finding = is_worse ? "no" : "yes";
  answer.sentence =
      opening + a + " " + verb_text(found.effect, answer.protocol) + b + " (95 % interval " +
      range_text(seen_from(*found.interval, is_worse), answer.protocol) + ", " + facts + ").";
}

void answer_equal(const Study& study, const Asked& asked, Answer& answer) {
  const auto& found = *asked.difference;
  const auto opening = on_task(study, asked.task);
  const auto a = contestant_label(study, answer.contestant);
  const auto b = contestant_label(study, answer.other);
  answer.effect = found.effect;
  if (!asked.equivalence) {
    say_untested(opening, asked, answer);
    return;
  }
  const auto& test = *asked.equivalence;
  answer.interval = test.interval;
  answer.confidence = 0.9;
  answer.p = test.p;
  const auto margin = amount_text(asked.ask->margin, answer.protocol);
  const auto facts = "90 % interval " + range_text(test.interval, answer.protocol) + ", " +
                     p_text(test.p) + "; " + found.sample;
  if (test.is_equal) {
    answer.finding = "yes";
    answer.sentence =
        opening + a + " and " + b + " are equal within " + margin + " (" + facts + ").";
  } else if (test.is_unequal) {
    answer.finding = "no";
    answer.sentence = opening + a + " is more than " + margin +
                      (found.effect > 0 ? " better than " : " worse than ") + b + " (" + facts +
                      ").";
  } else {
    answer.finding = "undecided";
    answer.sentence = opening + "it is open whether " + a + " and " + b + " are equal within " +
                      margin + " (" + facts + ").";
  }
}

void answer_differs(const Study& study, const Asked& asked, int tests, Answer& answer) {
  const auto& found = *asked.architectures;
  const auto both =
      contestant_label(study, answer.contestant) + " and " + contestant_label(study, answer.other);
  answer.effect = found.between - found.within;
  answer.unit = "modules";
  const auto facts =
      "they differ in " + rounded(found.between, 1) + " of " + std::to_string(found.modules) +
      " modules on average, two seeds of one search in " + rounded(found.within, 1) +
      " (permutation test, " + p_texts(asked, tests) + "; " + std::to_string(found.left) + " and " +
      std::to_string(found.right) + " searches)";
  if (is_shown(asked)) {
    answer.finding = "yes";
    answer.sentence = both + " find unlike architectures: " + facts + ".";
    return;
  }
  answer.finding = "undecided";
  const auto power = found.smallest_p <= kLevel ? std::string()
                                                : ", and so few searches cannot give a p below " +
                                                      rounded(found.smallest_p, 2);
  answer.sentence =
      "The architectures that " + both + " find are not distinguishable: " + facts + power + ".";
}

/// "more parameters", "more MACs", "a longer latency": what a larger value is.
std::string more_of(const std::string& quantity) {
  if (quantity == "parameters") return "more parameters";
  if (quantity == "macs") return "more MACs";
  if (quantity == "latency_ms") return "a longer latency";
  if (quantity == "peak_memory_bytes") return "a larger peak memory";
  return "a longer training time";
}

void answer_correlation(const Study& study, const Asked& asked, int tests, Answer& answer) {
  const auto& found = *asked.correlation;
  const auto opening = on_task(study, asked.task);
  const auto& ask = *asked.ask;
  answer.effect = found.rho;
  answer.interval = found.interval;
  const auto interval = found.interval ? ", 95 % interval " + rounded(found.interval->low, 2) +
                                             " to " + rounded(found.interval->high, 2)
                                       : std::string();
  const auto facts = "rank correlation " + rounded(found.rho, 2) + interval + ", " +
                     p_texts(asked, tests) + "; " + std::to_string(found.points.size()) +
                     " contestants";
  const auto subject =
      ask.with_task.empty()
          ? "contestants with " + more_of(ask.quantity)
          : "contestants that are better on " + inside_sentence(task_label(study, ask.with_task));
  const bool shown = is_shown(asked);
  answer.finding = !shown ? "undecided" : found.rho > 0 ? "yes" : "no";
  answer.sentence = opening + (shown ? "" : "it is open whether ") + subject +
                    (shown && found.rho < 0 ? " restore worse (" : " restore better (") + facts +
                    ").";
}

}  // namespace

std::string amount_text(double value, const std::string& protocol) {
  const auto metric = metric_of_protocol(protocol);
  return rounded(value, metric.decimals) + (metric.unit.empty() ? "" : " " + metric.unit);
}

std::string p_text(double p) {
  return p < 0.0001 ? "p < 0.0001" : "p = " + rounded(p, p < 0.01 ? 4 : 3);
}

bool is_shown(const Asked& asked) {
  return asked.corrected_p && *asked.corrected_p <= kLevel;
}

Answer answer_of(const Study& study, const Asked& asked, int tests) {
  const Ask& ask = *asked.ask;
  Answer answer{.kind = ask.kind,
                .contestant = ask.contestant,
                .other = asked.other,
                .task = asked.task,
                .inference = study.inference,
                .p = asked.p,
                .comparisons = tests};
  const auto number = static_cast<std::size_t>(
      std::find(study.protocols.begin(), study.protocols.end(), ask.protocol) -
      study.protocols.begin());
  if (number < study.protocols.size()) {
    answer.protocol = protocol_on(study, number, asked.task);
    answer.unit = metric_of_protocol(ask.protocol).unit;
  }
  if (!asked.why_not.empty()) {
    answer.finding = "not measured";
    const auto opening = asked.task.empty() ? std::string() : on_task(study, asked.task);
    answer.sentence = opening + "the question stays open: " + asked.why_not + ".";
    if (asked.task.empty()) answer.sentence[0] = 'T';
  } else if (ask.kind == "better") {
    answer_better(study, asked, tests, answer);
  } else if (ask.kind == "equal") {
    answer_equal(study, asked, answer);
  } else if (ask.kind == "differs") {
    answer_differs(study, asked, tests, answer);
  } else {
    answer.unit = "";
    answer_correlation(study, asked, tests, answer);
  }
  return answer;
}

}  // namespace bench::reports
