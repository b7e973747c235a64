#include "verdicts/gate/gate_request.h"

#include "core/files/read_file.h"
#include "core/json/bad_input.h"

namespace bench::verdicts {
namespace {

// Gate errors are about what the user asked to compare: exit code 2, not a failed stage.
template <typename Judge>
auto as_bad_input(const Judge& judge_scores) {
  try {
    return judge_scores();
  } catch (const GateError& error) {
    throw core::BadInput(error.what());
  }
}

bool is_file_name(const std::string& name) {
  return std::filesystem::is_regular_file(name) || name.ends_with(".json") ||
         name.find('/') != std::string::npos;
}

Baseline read_baseline(const std::string& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw core::BadInput("--baseline " + file +
                         ": file not found. Make one with bench gate --write-baseline " + file +
                         " --from RUN");
  }
  return parse_baseline(files::read_file(file), file);
}

Subject subject_of(const ChosenScores& chosen) {
  return {.contestant = chosen.contestant,
          .task = chosen.task,
          .experiment = chosen.run.experiment_name};
}

std::string text_of(const Subject& subject) {
  return subject.contestant + " on " + subject.task + " of experiment " + subject.experiment;
}

// Scores of another method can be better than the baseline's and still be a regression of their
// own, so a pass against them says nothing.
void require_same_subject(const std::string& option, const Subject& expected, const Subject& found,
                          bool allow_other) {
  if (expected == Subject{} || found == expected || allow_other) return;
  throw core::BadInput(
      "gate: " + option + ": the baseline holds scores of " + text_of(expected) +
      ", but these are of " + text_of(found) +
      ". Choose the same ones (--contestant, --task), or compare different ones on "
      "purpose with --allow-other-subject");
}

// What a reader must know about whose scores were held against each other.
void note_subject(GateOutcome& outcome) {
  const Subject& baseline = outcome.baseline.subject;
  const Subject candidate = subject_of(outcome.candidate);
  std::string note;
  if (baseline == Subject{}) {
    note =
        "The baseline file is of version 1 and does not say whose scores it holds; write it "
        "again with --write-baseline.";
  } else if (candidate != baseline) {
    note = "The baseline holds scores of " + text_of(baseline) + ", the candidate is " +
           text_of(candidate) + ".";
  }
  if (note.empty()) return;
  outcome.decision.notes.push_back(note);
  outcome.decision.explanation += " " + note;
}

Baseline baseline_of(const ChosenScores& chosen, const std::string& seed_role) {
  return {.subject = subject_of(chosen),
          .measured = chosen.measured,
          .seed_role = seed_role_named(seed_role, chosen.natural_role),
          .provenance = chosen.provenance};
}

// A candidate that measured nothing has no protocol of its own to be unlike the baseline's.
void take_over_protocol(const MeasuredScores& baseline, MeasuredScores& measured) {
  if (!measured.seeds.empty()) return;
  measured.protocol = baseline.protocol;
  measured.unit = baseline.unit;
  measured.direction = baseline.direction;
}

void decide_on(GateOutcome& outcome) {
  const auto& candidate = outcome.candidate;
  // Nothing measured: there are no data to be unlike the baseline's.
  const auto& provenance =
      candidate.measured.seeds.empty() || outcome.baseline.measured.seeds.empty()
          ? outcome.baseline.provenance
          : candidate.provenance;
  outcome.decision =
      decide_guarded(outcome.baseline, candidate.measured, provenance, outcome.options);
  note_subject(outcome);
}

void consult_second(const db::RunReader& reader, const std::string& run, const ScoreChoice& choice,
                    GateOutcome& outcome) {
  outcome.second = choose_scores(reader, run, choice);
  require_same_subject("--candidate " + run, subject_of(outcome.candidate),
                       subject_of(*outcome.second), false);
  if (outcome.second->measured.seeds.empty()) return;
  if (outcome.second->provenance.data != outcome.candidate.provenance.data) {
    throw core::BadInput("--candidate " + run + ": its data differ from those of run " +
                         outcome.candidate.run.run_id + ": " + outcome.second->provenance.data +
                         " instead of " + outcome.candidate.provenance.data);
  }
  outcome.candidate.measured =
      with_more_seeds(outcome.candidate.measured, outcome.second->measured);
  decide_on(outcome);
}

GateOutcome judge_scores(const db::RunReader& reader, const GateRequest& request,
                         const Remeasure& remeasure) {
  GateOutcome outcome{.baseline_name = request.baseline};
  ScoreChoice choice = request.choice;
  if (is_file_name(request.baseline)) {
    outcome.baseline = read_baseline(request.baseline);
    outcome.baseline.seed_role = seed_role_named(request.seed_role, outcome.baseline.seed_role);
  } else {
    const auto chosen = choose_scores(reader, request.baseline, choice);
    outcome.baseline = baseline_of(chosen, request.seed_role);
    outcome.baseline_name = chosen.run.run_id;
  }
  const auto& measured = outcome.baseline.measured;
  if (choice.protocol.empty()) choice.protocol = measured.protocol;
  outcome.candidate = choose_scores(reader, request.candidates.front(), choice);
  require_same_subject("--candidate " + request.candidates.front(), outcome.baseline.subject,
                       subject_of(outcome.candidate), request.allow_other_subject);
  take_over_protocol(measured, outcome.candidate.measured);
  if (!measured.protocol.empty()) {
    outcome.options.margin = margin_in_unit(request.margin, measured.unit);
  }
  decide_on(outcome);
  const auto wants = [&] {
    return wants_second_measurement(outcome.decision.against_baseline) ||
           outcome.decision.verdict == GateVerdict::kRegression;
  };
  outcome.wants_second = wants();
  if (!outcome.wants_second) return outcome;
  std::string second = request.candidates.size() > 1 ? request.candidates[1] : "";
  if (second.empty() && remeasure) second = remeasure(outcome.candidate);
  if (second.empty()) {
    // Fixed weights on the same images give the same scores again.
    outcome.wants_second = outcome.candidate.natural_role != SeedRole::kEvaluationOnly;
    return outcome;
  }
  consult_second(reader, second, choice, outcome);
  outcome.wants_second = false;
  return outcome;
}

}  // namespace

SeedRole seed_role_named(const std::string& name, SeedRole fallback) {
  if (name.empty()) return fallback;
  std::vector<std::string> names;
  for (const auto role :
       {SeedRole::kIndependentTrainings, SeedRole::kMatchedTrainings, SeedRole::kEvaluationOnly}) {
    if (name == to_string(role)) return role;
    names.push_back(to_string(role));
  }
  throw core::BadInput("--seed-role: expected " + core::listed(names) + ", found \"" + name + "\"" +
                       core::did_you_mean(name, names));
}

GateOutcome judge(const db::RunReader& reader, const GateRequest& request,
                  const Remeasure& remeasure) {
  return as_bad_input([&] { return judge_scores(reader, request, remeasure); });
}

Baseline next_baseline(const db::RunReader& reader, const std::filesystem::path& file,
                       const std::string& from, const GateRequest& request,
                       const std::string& reason) {
  ScoreChoice choice = request.choice;
  std::optional<Baseline> old;
  if (std::filesystem::is_regular_file(file)) {
    old = as_bad_input([&] { return read_baseline(file.string()); });
    old->seed_role = seed_role_named(request.seed_role, old->seed_role);
    if (choice.protocol.empty()) choice.protocol = old->measured.protocol;
  }
  const auto chosen = choose_scores(reader, from, choice);
  if (chosen.measured.seeds.empty()) {
    throw core::BadInput("--from " + from + ": the run has no scores of " + chosen.contestant +
                         " on " + chosen.task + ". See bench ls --stages " + chosen.run.run_id);
  }
  const auto fresh = baseline_of(chosen, request.seed_role);
  if (old) {
    require_same_subject("--from " + from, old->subject, fresh.subject,
                         request.allow_other_subject);
  }
  if (!reason.empty()) {
    auto accepted = re_anchor(chosen.measured, fresh.seed_role, chosen.provenance, reason);
    accepted.subject = fresh.subject;
    return accepted;
  }
  if (!old) return fresh;
  const GateOptions options{.margin = margin_in_unit(request.margin, old->measured.unit)};
  try {
    const auto decision = decide_guarded(*old, chosen.measured, chosen.provenance, options);
    auto next = advance(*old, chosen.measured, chosen.provenance, decision);
    next.subject = fresh.subject;
    return next;
  } catch (const GateError& error) {
    throw core::BadInput(file.string() + " already exists. " + error.what() + " (--reason TEXT)");
  }
}

}  // namespace bench::verdicts
