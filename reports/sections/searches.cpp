#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/sections/architecture_distance.h"
#include "reports/sections/comparison.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

/// What one contestant's searches found, over seeds.
struct Searches {
  std::string contestant;
  std::string task;
  std::vector<std::string> architectures;
  std::vector<double> parallel_modules;
  std::vector<double> entropies;      ///< nats, at the end
  std::vector<double> probabilities;  ///< of the likelier module, mean over modules, at the end
};

/// The last values of a search's series, by seed.
std::map<std::int64_t, std::vector<double>> final_values(const Study& study,
                                                         const std::string& contestant,
                                                         const std::string& series) {
  std::map<std::int64_t, std::vector<double>> last;
  for (const auto& curve : study.curves) {
    const bool is_wanted = curve.stage_kind == "search" && curve.contestant == contestant &&
                           curve.series.starts_with(series) && !curve.points.empty();
    if (is_wanted) last[curve.seed].push_back(curve.points.back().second);
  }
  return last;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::vector<Searches> searches_of(const Study& study) {
  std::vector<Searches> all;
  for (const auto& contestant : study.contestants) {
    Searches found{.contestant = contestant.id, .task = contestant.searched_on};
    for (const auto& fact : study.architectures) {
      const auto modules = modules_of(fact.architecture);
      if (fact.contestant != contestant.id || fact.task.empty() || modules.empty()) continue;
      found.architectures.push_back(fact.architecture);
      found.parallel_modules.push_back(
          static_cast<double>(std::count(modules.begin(), modules.end(), 'P')));
    }
    if (found.architectures.empty()) continue;
    for (const auto& [seed, values] : final_values(study, contestant.id, "entropy_nats")) {
      found.entropies.push_back(values.front());
    }
    for (auto [seed, values] : final_values(study, contestant.id, "p_parallel/")) {
      for (double& value : values) value = std::max(value, 1 - value);
      found.probabilities.push_back(mean_of(values));
    }
    all.push_back(std::move(found));
  }
  return all;
}

Cell cell_of_seeds(const std::vector<double>& values) {
  if (values.empty()) return text_cell("none");
  Number number{.value = mean_of(values), .n_seeds = static_cast<std::int64_t>(values.size())};
  if (values.size() > 1) {
    number.spread = sample_deviation(values);
    if (*number.spread > 0) number.interval = t_interval_95(values);
  }
  return {.content = number};
}

std::string range_text(const Interval& interval) {
  return rounded(interval.low, 1) + " to " + rounded(interval.high, 1);
}

std::size_t module_count(const Searches& found) {
  return modules_of(found.architectures.front()).size();
}

Table search_table(const Study& study, const std::vector<Searches>& all) {
  Table table{
      .id = "searches",
      .title = "What the searches found",
      .caption = "Mean ± standard deviation over seeds [95 % interval], at the end of the search."};
  table.columns = {{.header = "Searched"},
                   {.header = "Searched on"},
                   {.header = "Seeds", .decimals = 0, .is_text = false},
                   {.header = "Architectures", .is_code = true},
                   {.header = "Modules", .decimals = 0, .is_text = false},
                   {.header = "Parallel modules", .decimals = 1, .is_text = false},
                   {.header = "Distance between seeds", .decimals = 1, .is_text = false},
                   {.header = "By chance"},
                   {.header = "Entropy", .detail = "nats", .decimals = 2, .is_text = false},
                   {.header = "Larger probability", .decimals = 2, .is_text = false}};
  for (const auto& found : all) {
    std::string letters;
    for (const auto& text : found.architectures) letters += (letters.empty() ? "" : " ") + text;
    const auto within = distances_within(found.architectures);
    const auto seeds = static_cast<int>(found.architectures.size());
    table.rows.push_back(
        {text_cell(contestant_label(study, found.contestant)),
         text_cell(task_label(study, found.task)), number_cell(seeds), text_cell(letters),
         number_cell(static_cast<double>(module_count(found))),
         cell_of_seeds(found.parallel_modules),
         within ? number_cell(within->mean) : text_cell("one seed"),
         text_cell(within ? range_text(chance_within(seeds, static_cast<int>(module_count(found))))
                          : "one seed"),
         cell_of_seeds(found.entropies), cell_of_seeds(found.probabilities)});
  }
  return table;
}

std::string p_text(std::optional<double> p) {
  return p ? rounded(*p, 3) : "too few seeds";
}

std::vector<Cell> distance_row(const std::string& name, const PairDistances& distances,
                               const std::string& chance, const std::string& p) {
  return {text_cell(name),
          number_cell(distances.pairs),
          number_cell(distances.mean),
          number_cell(distances.smallest),
          number_cell(distances.largest),
          text_cell(chance),
          text_cell(p)};
}

void add_pairs(const Study& study, const std::vector<Searches>& all, Table& table) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const auto& left = all[i].architectures;
      const auto& right = all[j].architectures;
      const auto between = distances_between(left, right);
      if (!between || module_count(all[i]) != module_count(all[j])) continue;
      const auto chance =
          chance_between(static_cast<int>(left.size()), static_cast<int>(right.size()),
                         static_cast<int>(module_count(all[i])));
      table.rows.push_back(distance_row("between " + contestant_label(study, all[i].contestant) +
                                            " and " + contestant_label(study, all[j].contestant),
                                        *between, range_text(chance),
                                        p_text(permutation_p(left, right))));
    }
  }
}

Table distance_table(const Study& study, const std::vector<Searches>& all) {
  const auto modules = static_cast<int>(module_count(all.front()));
  const auto coins = fair_coins(modules);
  Table table{
      .id = "architecture-distance",
      .title = "Distance between searched architectures",
      .caption = "Modules that differ, over pairs of searches, where two random architectures of " +
                 std::to_string(modules) + " modules differ in " +
                 rounded(coins.interval_95.low, 0) + " to " + rounded(coins.interval_95.high, 0) +
                 "."};
  table.columns = {{.header = "Pairs"},
                   {.header = "Number of pairs", .decimals = 0, .is_text = false},
                   {.header = "Mean distance", .decimals = 1, .is_text = false},
                   {.header = "Smallest", .decimals = 0, .is_text = false},
                   {.header = "Largest", .decimals = 0, .is_text = false},
                   {.header = "By chance"},
                   {.header = "p"}};
  for (const auto& found : all) {
    const auto within = distances_within(found.architectures);
    if (!within) continue;
    const auto chance = chance_within(static_cast<int>(found.architectures.size()),
                                      static_cast<int>(module_count(found)));
    table.rows.push_back(distance_row("within " + contestant_label(study, found.contestant),
                                      *within, range_text(chance), "none"));
  }
  add_pairs(study, all, table);
  constexpr std::size_t kReadAtOnce = 30;
  table.is_appendix = table.rows.size() > kReadAtOnce;
  table.rows.push_back({text_cell("two random architectures (expected; 95 % interval)"),
                        text_cell("any"), number_cell(coins.expected),
                        number_cell(coins.interval_95.low), number_cell(coins.interval_95.high),
                        text_cell("none"), text_cell("none")});
  return table;
}

Figure distance_map(const Study& study, const std::vector<Searches>& all) {
  HeatMap map{.row_title = "", .column_title = "", .value_title = "modules that differ"};
  for (const auto& row : all) {
    map.rows.push_back(contestant_label(study, row.contestant));
    map.columns.push_back(contestant_label(study, row.contestant));
    auto& values = map.values.emplace_back();
    auto& texts = map.texts.emplace_back();
    for (const auto& column : all) {
      const auto distances = &row == &column
                                 ? distances_within(row.architectures)
                                 : distances_between(row.architectures, column.architectures);
      values.push_back(distances ? std::optional(distances->mean) : std::nullopt);
      texts.push_back(distances ? rounded(distances->mean, 1) : "none");
    }
  }
  return {.id = "architecture-distance-map",
          .title = "Distances between searched contestants",
          .caption =
              "Mean number of modules that differ; the diagonal compares the seeds of one "
              "contestant.",
          .description =
              "The table \"Distance between searched architectures\" shows the same numbers.",
          .content = std::move(map)};
}

}  // namespace

Section search_section(const Study& study) {
  Section section{"searches", "Searches", {}};
  const auto all = searches_of(study);
  if (all.empty()) return section;
  section.blocks.emplace_back(search_table(study, all));
  const bool has_pairs = all.size() > 1 || all.front().architectures.size() > 1;
  if (has_pairs) section.blocks.emplace_back(distance_table(study, all));
  if (all.size() > 1) section.blocks.emplace_back(distance_map(study, all));
  return section;
}

}  // namespace bench::reports
