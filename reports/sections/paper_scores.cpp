#include "reports/sections/paper_scores.h"

#include <algorithm>
#include <stdexcept>

#include "reports/content/protocol_name.h"
#include "reports/sections/sections.h"

namespace bench::reports {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& name,
                         const std::vector<std::string>& known) {
  std::string list;
  for (const auto& one : known) list.append(list.empty() ? "" : ", ").append(one);
  throw std::invalid_argument(what + ": expected one of " + list + "; found \"" + name + "\"");
}

/// The elements with these ids, in their order; all of them where none is named.
template <typename Facts>
std::vector<Facts> chosen(const std::vector<Facts>& all, const std::vector<std::string>& ids,
                          const std::string& what) {
  if (ids.empty()) return all;
  std::vector<Facts> found;
  for (const auto& id : ids) {
    const auto one = std::ranges::find(all, id, &Facts::id);
    if (one == all.end()) {
      std::vector<std::string> known;
      for (const auto& facts : all) known.push_back(facts.id);
      refuse(what, id, known);
    }
    found.push_back(*one);
  }
  return found;
}

std::size_t chosen_protocol(const Study& study, const std::string& metric) {
  if (metric.empty()) return 0;
  for (std::size_t i = 0; i < study.protocols.size(); ++i) {
    const auto& protocol = study.protocols[i];
    if (protocol == metric || protocol.substr(0, protocol.find('(')) == metric) return i;
  }
  refuse("--metric", metric, study.protocols);
}

/// Only that protocol, also where tasks say theirs with the noise.
void keep_protocol(Study& study, std::size_t number) {
  study.protocols = {study.protocols.at(number)};
  for (auto& task : study.tasks) {
    if (!task.protocols.empty()) task.protocols = {task.protocols.at(number)};
  }
}

bool has_spread(const Table& table) {
  for (const auto& row : table.rows) {
    for (const auto& cell : row) {
      const auto* number = std::get_if<Number>(&cell.content);
      if (number && number->spread) return true;
    }
  }
  return false;
}

std::string caption_of(const Study& study, const Table& table) {
  const auto metric = metric_of_protocol(study.protocols[0]);
  std::string caption = with_unit(metric) + " under " + study.protocols[0] +
                        (has_spread(table) ? ", mean ± standard deviation over seeds" : "") +
                        ": bold values are better than all others in their column, underlined "
                        "ones than all ranked below, and ≈ marks those that are not "
                        "significantly different from the best (5 % level; " +
                        study.inference + ").";
  return caption;
}

}  // namespace

Table paper_scores(Study study, const PaperSelection& selection) {
  study.contestants = chosen(study.contestants, selection.contestants, "--rows");
  study.tasks = chosen(study.tasks, selection.tasks, "--columns");
  keep_protocol(study, chosen_protocol(study, selection.metric));
  study.claims.clear();  // numbers of others stand in the report
  const auto section = score_section(study, ScoreIndex(study));
  for (const auto& block : section.blocks) {
    if (const auto* table = std::get_if<Table>(&block)) {
      Table paper = *table;
      paper.caption = caption_of(study, paper);
      return paper;
    }
  }
  throw std::invalid_argument("this run has no scores");
}

}  // namespace bench::reports
