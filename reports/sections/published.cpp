#include "reports/sections/published.h"

#include <algorithm>
#include <vector>

#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

/// The table that a published number stands in: as an index into Study::protocols, their count if
/// no metric is like its own.
std::size_t table_of(const Study& study, const ClaimVerdict& claim) {
  std::size_t first_of_metric = study.protocols.size();
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    if (protocol_on(study, i, claim.task) == claim.protocol) return i;
    if (first_of_metric == study.protocols.size() &&
        study.protocols[i].starts_with(claim.metric + "(")) {
      first_of_metric = i;
    }
  }
  return first_of_metric;
}

std::vector<const ClaimVerdict*> claims_of(const Study& study, std::size_t number,
                                           const std::string& task, const std::string& data_set) {
  std::vector<const ClaimVerdict*> claims;
  for (const auto& claim : study.claims) {
    if (claim.value && claim.task == task && claim.data_set == data_set &&
        table_of(study, claim) == number) {
      claims.push_back(&claim);
    }
  }
  return claims;
}

std::string note_of(const ClaimVerdict& claim) {
  std::string note = "Published " + claim.published + ": " + claim.source;
  if (claim.verdict == "not testable here") return note + "; not testable: " + claim.reason + ".";
  return note + (claim.note.empty() ? "" : "; " + claim.note) + ".";
}

/// The first of a contestant's numbers; the others stand in its footnotes.
Cell published_cell(const std::vector<const ClaimVerdict*>& claims, const std::string& contestant,
                    Table& table) {
  Cell cell = text_cell("");
  for (const auto* claim : claims) {
    if (claim->contestant != contestant) continue;
    if (cell.notes.empty()) {
      cell.content = Number{.value = *claim->value, .decimals = claim->digits};
    }
    cell.notes.push_back(note_index(table, note_of(*claim)));
  }
  return cell;
}

}  // namespace

void add_published_column(const Study& study, std::size_t number, const std::string& task,
                          const std::string& data_set, Table& table) {
  const auto claims = claims_of(study, number, task, data_set);
  if (claims.empty()) return;
  const auto contestants = scored_contestants(study);
  const Column& measured = table.columns.back();
  table.columns.push_back({.header = measured.header + ", published",
                           .unit = measured.unit,
                           .decimals = measured.decimals,
                           .is_text = false,
                           .is_published = true});
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    table.rows[row].push_back(published_cell(claims, contestants[row].id, table));
  }
}

}  // namespace bench::reports
