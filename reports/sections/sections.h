#pragma once

#include <optional>

#include "reports/content/document.h"
#include "reports/content/study.h"
#include "reports/sections/score_index.h"

/// The parts of a report, each a pure function of the study. A part with nothing to say has no
/// blocks, and `make_document` leaves it out.
namespace bench::reports {

/// What is asked: tasks with their data, contestants with their recipe.
Section setting_section(const Study& study);

/// The protocols behind their short names, and what signs and columns mean: the one place for it.
Section definition_section(const Study& study);

/// One table a protocol: contestants by tasks, mean ± deviation over seeds, 95 % t interval,
/// marks by the paired test. A cell without a number says why.
Section score_section(const Study& study, const ScoreIndex& scores);

/// Mean ranks over all data sets under the leading protocol, and who differs significantly from
/// whom; absent for fewer than three contestants.
std::optional<Figure> rank_figure(const Study& study, const ScoreIndex& scores);

/// Searched on (rows) by trained on (columns), as table and as heat map, one a protocol.
Section transfer_section(const Study& study, const ScoreIndex& scores);

/// What each searched contestant found over seeds, how decided it was, and how far the
/// architectures of any two contestants lie apart, beside the distance of seeds and of chance.
Section search_section(const Study& study);

/// The architectures of every contestant and seed, as strings and drawn.
Section architecture_section(const Study& study);

/// Parameters, operations, time and memory, and score against each of them with the Pareto front.
Section cost_section(const Study& study, const ScoreIndex& scores);

/// Score and every cost side by side, with the Pareto fronts that a contestant is on.
Section front_section(const Study& study, const ScoreIndex& scores);

/// Learning curves (mean over seeds, band from smallest to largest) and search trajectories.
Section curve_section(const Study& study);

/// Image by image: scatter and differences of two contestants, leading protocol.
Section image_score_section(const Study& study, const ScoreIndex& scores);

/// Stored images that are looked at together.
Section image_section(const Study& study);

/// Published numbers and what became of them.
Section claim_section(const Study& study);

/// Every cell that failed or was lost, with its reason.
Section missing_section(const Study& study);

/// Run, machine, stages with the command that makes each again, and every seed's mean.
Section provenance_section(const Study& study, const ScoreIndex& scores);

}  // namespace bench::reports
