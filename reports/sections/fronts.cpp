#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "reports/content/escape.h"
#include "reports/content/protocol_name.h"
#include "reports/sections/cost_scale.h"
#include "reports/sections/cost_summary.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

struct CostName {
  const char* quantity;
  const char* short_name;  ///< in the list of fronts
};

constexpr std::array<CostName, 4> kCosts{{{"parameters", "parameters"},
                                          {"macs", "MACs"},
                                          {"latency_ms", "latency"},
                                          {"peak_memory_bytes", "memory"}}};

/// One contestant: its mean score, and the mean of each cost where it was recorded.
struct Entry {
  ScoreKey key;
  double score;
  std::array<std::optional<double>, kCosts.size()> costs;
};

std::optional<double> cost_of(const Study& study, const ScoreKey& key, const char* quantity) {
  CostCell cell;
  for (const auto& cost : study.costs) {
    if (cost.contestant != key.contestant || cost.task != key.task || cost.quantity != quantity) {
      continue;
    }
    cell.by_seed[cost.seed].push_back(cost.value);
  }
  if (cell.by_seed.empty()) return std::nullopt;
  return cost_number(cell).value;
}

std::vector<Entry> entries_of(const Study& study, const ScoreIndex& scores, const std::string& task,
                              const std::string& data_set) {
  std::vector<Entry> entries;
  for (const auto& contestant : study.contestants) {
    const ScoreKey key{contestant.id, task, data_set, study.protocols.front()};
    const auto* cell = scores.find(key);
    if (cell == nullptr) continue;
    Entry entry{key, summary(*cell).value, {}};
    for (std::size_t i = 0; i < kCosts.size(); ++i) {
      entry.costs[i] = cost_of(study, key, kCosts[i].quantity);
    }
    const bool has_cost = std::any_of(entry.costs.begin(), entry.costs.end(),
                                      [](const auto& cost) { return cost.has_value(); });
    if (has_cost && std::isfinite(entry.score)) entries.push_back(std::move(entry));
  }
  return entries;
}

/// Nobody is as good for as little and better in one of the two.
bool is_on_front(const std::vector<Entry>& entries, const Entry& entry, std::size_t cost,
                 double sign) {
  if (!entry.costs[cost]) return false;
  return std::none_of(entries.begin(), entries.end(), [&](const Entry& other) {
    if (!other.costs[cost]) return false;
    const double gain = sign * (other.score - entry.score);
    const double price = *other.costs[cost] - *entry.costs[cost];
    return gain >= 0 && price <= 0 && (gain > 0 || price < 0);
  });
}

std::string fronts_of(const std::vector<Entry>& entries, const Entry& entry, double sign) {
  std::string names;
  for (std::size_t i = 0; i < kCosts.size(); ++i) {
    if (!is_on_front(entries, entry, i, sign)) continue;
    names += (names.empty() ? "" : ", ") + std::string(kCosts[i].short_name);
  }
  return names.empty() ? "none" : names;
}

std::string unit_of(const Study& study, const char* quantity) {
  for (const auto& cost : study.costs) {
    if (cost.quantity == quantity) return cost.unit;
  }
  return "";
}

/// No column where no entry has that cost.
void add_cost_column(const Study& study, const std::vector<Entry>& entries, std::size_t index,
                     Table& table) {
  double largest = 0;
  bool any = false;
  for (const auto& entry : entries) {
    any = any || entry.costs[index].has_value();
    largest = std::max(largest, entry.costs[index].value_or(0));
  }
  if (!any) return;
  const auto unit = unit_of(study, kCosts[index].quantity);
  const auto scale = cost_scale(kCosts[index].quantity, unit, largest);
  table.columns.push_back({.header = scale.label,
                           .detail = scale.people_unit,
                           .unit = unit,
                           .scale = scale.divisor,
                           .decimals = scale.decimals,
                           .is_text = false});
  for (std::size_t row = 0; row < entries.size(); ++row) {
    const auto& cost = entries[row].costs[index];
    table.rows[row].push_back(cost ? number_cell(*cost) : not_recorded(table));
  }
}

Table front_table(const Study& study, const ScoreIndex& scores, const TaskFacts& task,
                  const std::string& data_set) {
  const auto& protocol = study.protocols.front();
  const auto metric = metric_of_protocol(protocol);
  const double sign = metric.higher_is_better ? 1.0 : -1.0;
  auto entries = entries_of(study, scores, task.id, data_set);
  std::stable_sort(entries.begin(), entries.end(), [=](const Entry& left, const Entry& right) {
    return sign * left.score > sign * right.score;
  });
  Table table{
      .id = slug("fronts-" + task.id + "-" + data_set),
      .title = metric.label + " against cost, " + task_label(study, task.id) + ", " + data_set,
      .caption =
          "Best score first, with the costs for which each contestant is Pareto-optimal, judged by "
          "means over seeds (times are medians over repetitions)."};
  table.columns = {{.header = "Contestant"},
                   {.header = metric.label,
                    .detail = metric.unit,
                    .unit = metric.unit,
                    .decimals = metric.decimals,
                    .is_text = false}};
  for (const auto& entry : entries) {
    table.rows.push_back(
        {text_cell(contestant_label(study, entry.key.contestant)), number_cell(entry.score)});
  }
  for (std::size_t i = 0; i < kCosts.size(); ++i) add_cost_column(study, entries, i, table);
  table.columns.push_back({.header = "Pareto-optimal in"});
  for (std::size_t row = 0; row < entries.size(); ++row) {
    table.rows[row].push_back(text_cell(fronts_of(entries, entries[row], sign)));
  }
  return table;
}

}  // namespace

Section front_section(const Study& study, const ScoreIndex& scores) {
  Section section{"fronts", "Accuracy against cost", {}};
  if (study.protocols.empty()) return section;
  for (const auto& task : study.tasks) {
    for (const auto& data_set : scores.data_sets(task.id)) {
      auto table = front_table(study, scores, task, data_set);
      // With fewer than two there is nothing to choose from.
      if (table.rows.size() > 1) section.blocks.emplace_back(std::move(table));
    }
  }
  return section;
}

}  // namespace bench::reports
