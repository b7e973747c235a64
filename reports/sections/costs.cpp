#include <algorithm>
#include <cmath>
#include <map>

#include "reports/content/escape.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/cost_scale.h"
#include "reports/sections/cost_summary.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

/// (contestant, task) -> what was measured there, of one quantity.
using CostValues = std::map<std::pair<std::string, std::string>, CostCell>;

struct Quantity {
  std::string name;
  std::string unit;
  CostValues values;
};

std::vector<Quantity> quantities_of(const Study& study) {
  std::vector<Quantity> quantities;
  for (const auto& cost : study.costs) {
    auto found = std::find_if(quantities.begin(), quantities.end(),
                              [&cost](const auto& q) { return q.name == cost.quantity; });
    if (found == quantities.end()) {
      quantities.push_back({cost.quantity, cost.unit, {}});
      found = quantities.end() - 1;
    }
    auto& cell = found->values[{cost.contestant, cost.task}];
    if (cell.by_seed.empty()) cell.stage_key = cost.stage_key;
    cell.by_seed[cost.seed].push_back(cost.value);
  }
  return quantities;
}

bool is_of_search(const Quantity& quantity) {
  return quantity.name.starts_with("search_");
}

/// The values of one contestant; `task` "" takes its first one (a search has one only).
const CostCell* cell_of(const Quantity& quantity, const std::string& contestant,
                        const std::string& task) {
  for (const auto& [place, cell] : quantity.values) {
    if (place.first == contestant && (task.empty() || place.second == task)) return &cell;
  }
  return nullptr;
}

void add_column(const std::vector<ContestantFacts>& contestants, const Quantity& quantity,
                const std::string& task, Table& table) {
  double largest = 0;
  for (const auto& [place, cell] : quantity.values) {
    largest = std::max(largest, std::fabs(cost_number(cell).value));
  }
  const auto scale = cost_scale(quantity.name, quantity.unit, largest);
  table.columns.push_back({.header = scale.label,
                           .detail = scale.people_unit,
                           .unit = quantity.unit,
                           .scale = scale.divisor,
                           .decimals = scale.decimals,
                           .is_text = false});
  for (std::size_t row = 0; row < contestants.size(); ++row) {
    const auto* cell = cell_of(quantity, contestants[row].id, task);
    table.rows[row].push_back(
        cell ? Cell{cost_number(*cell), Mark::kNone, {}, stage_anchor(cell->stage_key)}
             : not_recorded(table));
    if (cell == nullptr || cell->stage_key.empty()) continue;
    const auto& label = std::get<std::string>(table.rows[row].front().content);
    table.trail.push_back(
        label + ", " + scale.label + ": stage " + cell->stage_key.substr(0, kShortKey) +
        (cell->by_seed.size() > 1 ? " and the same stage of the other seeds" : ""));
  }
}

/// Of the contestants that have any of these quantities; no rows if none has.
Table cost_table(const Study& study, const std::vector<Quantity>& quantities,
                 const std::string& task, Table table) {
  table.caption =
      "Mean ± standard deviation over seeds, where seeds differ; times are medians over "
      "repetitions, with the 95 % interval of the median in brackets where one seed was measured "
      "at least six times.";
  std::vector<ContestantFacts> measured;
  for (const auto& contestant : study.contestants) {
    const bool is_measured =
        std::any_of(quantities.begin(), quantities.end(), [&](const Quantity& quantity) {
          return cell_of(quantity, contestant.id, task) != nullptr;
        });
    if (is_measured) measured.push_back(contestant);
  }
  table.columns.push_back({.header = "Contestant"});
  for (const auto& contestant : measured) {
    table.rows.push_back({text_cell(contestant_label(study, contestant.id))});
  }
  for (const auto& quantity : quantities) add_column(measured, quantity, task, table);
  return table;
}

/// One table a task, and one of the searches.
std::vector<Table> cost_tables(const Study& study, const std::vector<Quantity>& all) {
  std::vector<Quantity> of_networks, of_searches;
  for (const auto& quantity : all) {
    (is_of_search(quantity) ? of_searches : of_networks).push_back(quantity);
  }
  std::vector<Table> tables;
  for (const auto& task : study.tasks) {
    tables.push_back(cost_table(
        study, of_networks, task.id,
        {.id = slug("costs-" + task.id), .title = "Cost, " + task_label(study, task.id)}));
  }
  tables.push_back(cost_table(study, of_searches, "",
                              {.id = "costs-of-searches", .title = "Cost of the searches"}));
  std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
  return tables;
}

/// Sets `is_on_front`: cheap is good; a point is beaten by one as good in both and better in one.
void find_pareto_front(Scatter& scatter, bool higher_is_better) {
  const auto gain = [higher_is_better](const Scatter::Point& point) {
    return higher_is_better ? point.y : -point.y;
  };
  for (auto& point : scatter.points) {
    point.is_on_front = std::none_of(scatter.points.begin(), scatter.points.end(),
                                     [&](const Scatter::Point& other) {
                                       return other.x <= point.x && gain(other) >= gain(point) &&
                                              (other.x < point.x || gain(other) > gain(point));
                                     });
  }
}

std::optional<Scatter::Point> trade_off_point(const Study& study, const ScoreIndex& scores,
                                              const Quantity& quantity, const ScoreKey& key) {
  const auto* cell = scores.find(key);
  if (cell == nullptr) return std::nullopt;
  auto cost = quantity.values.find({key.contestant, key.task});
  if (cost == quantity.values.end()) cost = quantity.values.find({key.contestant, ""});
  if (cost == quantity.values.end()) return std::nullopt;
  const auto score = summary(*cell);
  const double x = cost_number(cost->second).value;
  if (!std::isfinite(score.value) || !std::isfinite(x)) return std::nullopt;
  return Scatter::Point{.label = contestant_label(study, key.contestant),
                        .x = x,
                        .y = score.value,
                        .y_spread = score.spread,
                        .style = contestant_style(study, key.contestant)};
}

std::optional<Figure> trade_off(const Study& study, const ScoreIndex& scores,
                                const Quantity& quantity, const TaskFacts& task,
                                const std::string& data_set) {
  const auto& protocol = study.protocols.front();
  const auto metric = metric_of_protocol(protocol);
  Scatter scatter;
  double largest = 0;
  double smallest = 0;
  for (const auto& contestant : study.contestants) {
    const auto point =
        trade_off_point(study, scores, quantity, {contestant.id, task.id, data_set, protocol});
    if (!point) continue;
    largest = std::max(largest, point->x);
    smallest = scatter.points.empty() ? point->x : std::min(smallest, point->x);
    scatter.points.push_back(*point);
  }
  if (scatter.points.size() < 2 || largest <= 0) return std::nullopt;
  const auto scale = cost_scale(quantity.name, quantity.unit, largest);
  for (auto& point : scatter.points) point.x /= scale.divisor;
  find_pareto_front(scatter, metric.higher_is_better);
  constexpr double kLogFrom = 12;  // a wider range than this hides the cheap ones at the axis
  scatter.x = {scale.label + (scale.people_unit.empty() ? "" : " (" + scale.people_unit + ")"),
               smallest > 0 && largest / smallest > kLogFrom};
  scatter.y = {with_unit(metric), false};
  return Figure{
      .id = slug("front-" + quantity.name + "-" + task.id + "-" + data_set),
      .title = metric.label + " against " + scale.label + ", " + task_label(study, task.id),
      .caption =
          "Mean over seeds, with bars of one standard deviation; the line is the Pareto front.",
      .description = "The tables of scores and costs show the same numbers.",
      .content = std::move(scatter)};
}

}  // namespace

Section cost_section(const Study& study, const ScoreIndex& scores) {
  Section section{"costs", "Cost", {}};
  const auto quantities = quantities_of(study);
  if (quantities.empty() || study.contestants.empty()) return section;
  for (auto& table : cost_tables(study, quantities)) section.blocks.emplace_back(std::move(table));
  if (study.protocols.empty()) return section;
  for (const auto& quantity : quantities) {
    if (!is_drawn_against_score(quantity.name)) continue;
    for (const auto& task : study.tasks) {
      for (const auto& data_set : scores.data_sets(task.id)) {
        auto figure = trade_off(study, scores, quantity, task, data_set);
        if (figure) section.blocks.emplace_back(std::move(*figure));
      }
    }
  }
  return section;
}

}  // namespace bench::reports
