#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "reports/comparison.h"
#include "reports/escape.h"
#include "reports/number_text.h"
#include "reports/sections.h"
#include "reports/study_lookup.h"

namespace bench::reports {
namespace {

std::string modules_of(const std::string& architecture) {
  std::string modules;
  for (const char letter : architecture) {
    if (letter != '|') modules.push_back(letter);
  }
  return modules;
}

/// Cells are written as operations and edges, CLEARER's modules as letters.
bool is_genotype(const ArchitectureFact& fact) {
  return fact.architecture.find_first_not_of("PF|") != std::string::npos;
}

std::string network_label(const Study& study, const ArchitectureFact& fact) {
  return contestant_label(study, fact.contestant) + ", seed " + std::to_string(fact.seed);
}

std::size_t task_place(const Study& study, const std::string& task) {
  std::size_t place = 0;
  while (place < study.tasks.size() && study.tasks[place].id != task) ++place;
  return place;
}

/// By task of the search, then by contestant, then by seed; genotypes or letters.
std::vector<ArchitectureFact> in_order(const Study& study, bool genotypes = false) {
  auto facts = study.architectures;
  std::erase_if(facts, [=](const auto& fact) { return is_genotype(fact) != genotypes; });
  const auto place = [&study](const ArchitectureFact& fact) {
    std::size_t row = 0;
    while (row < study.contestants.size() && study.contestants[row].id != fact.contestant) ++row;
    return std::tuple(task_place(study, fact.task), row, fact.seed);
  };
  std::stable_sort(facts.begin(), facts.end(), [&place](const auto& left, const auto& right) {
    return place(left) < place(right);
  });
  return facts;
}

Cell stage_cell(const ArchitectureFact& fact) {
  const auto key = fact.stage_key.substr(0, 12);
  if (key.empty()) return text_cell("none");
  return {key, {}, {}, stage_anchor(fact.stage_key)};
}

Table architecture_table(const Study& study) {
  Table table{.id = "architectures",
              .title = "Architectures",
              .caption = "One letter a column, P parallel, F fusion; cells are separated by |."};
  table.columns = {{.header = "Contestant"},
                   {.header = "Searched on"},
                   {.header = "Seed", .decimals = 0, .is_text = false},
                   {.header = "Architecture", .is_code = true},
                   {.header = "Fusion modules", .decimals = 0, .is_text = false},
                   {.header = "Stage", .is_code = true}};
  for (const auto& fact : in_order(study)) {
    const auto modules = modules_of(fact.architecture);
    const auto fusions = std::count(modules.begin(), modules.end(), 'F');
    table.rows.push_back({text_cell(contestant_label(study, fact.contestant)),
                          text_cell(fact.task.empty() ? "none" : task_label(study, fact.task)),
                          number_cell(static_cast<double>(fact.seed)),
                          text_cell(fact.architecture.empty() ? "none" : fact.architecture),
                          number_cell(static_cast<double>(fusions)), stage_cell(fact)});
  }
  return table;
}

Table genotype_table(const Study& study) {
  Table table{
      .id = "genotypes",
      .title = "Genotypes",
      .caption =
          "Cells found by searches: OPERATION@STATE for each kept edge, nodes separated by "
          "|. States 0 and 1 are the cell's inputs, state 2 + j is node j. HiNAS has a width "
          "and a cell for each layer, layers separated by ;."};
  table.columns = {{.header = "Contestant"},
                   {.header = "Searched on"},
                   {.header = "Seed", .decimals = 0, .is_text = false},
                   {.header = "Genotype", .is_code = true},
                   {.header = "Stage", .is_code = true}};
  for (const auto& fact : in_order(study, /*genotypes=*/true)) {
    table.rows.push_back({text_cell(contestant_label(study, fact.contestant)),
                          text_cell(task_label(study, fact.task)),
                          number_cell(static_cast<double>(fact.seed)), text_cell(fact.architecture),
                          stage_cell(fact)});
  }
  return table;
}

/// The drawings of one contestant; a hand-made one is drawn once for all its seeds.
std::optional<Figure> drawing_of(const Study& study, const ContestantFacts& contestant) {
  ArchitectureDrawing drawing;
  std::string words;
  for (const auto& fact : study.architectures) {
    if (fact.contestant != contestant.id || modules_of(fact.architecture).empty()) continue;
    if (is_genotype(fact)) continue;
    const bool is_repeated =
        !drawing.networks.empty() &&
        std::all_of(drawing.networks.begin(), drawing.networks.end(), [&fact](const auto& network) {
          return network.architecture == fact.architecture;
        });
    if (is_repeated && contestant.kind != "searched") continue;
    drawing.networks.push_back({"seed " + std::to_string(fact.seed), fact.architecture});
    words += (words.empty() ? "" : "; ") + drawing.networks.back().label + ": " + fact.architecture;
  }
  if (drawing.networks.empty()) return std::nullopt;
  if (drawing.networks.size() == 1 && contestant.kind == "architecture") {
    drawing.networks.front().label = "all seeds";
  }
  return Figure{.id = "architecture-" + slug(contestant.id),
                .title = contestant_label(study, contestant.id),
                .caption =
                    "Columns from left to right, one row for each resolution (the finest at "
                    "the top), cells between the thin lines. A parallel module works on each "
                    "resolution by itself, a fusion module joins them all.",
                .description = words,
                .content = std::move(drawing)};
}

/// Number of positions at which two architectures differ; absent if they are of unlike length.
std::optional<int> distance(const ArchitectureFact& left, const ArchitectureFact& right) {
  const auto a = modules_of(left.architecture), b = modules_of(right.architecture);
  if (a.size() != b.size() || a.empty()) return std::nullopt;
  int differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differing += a[i] != b[i] ? 1 : 0;
  return differing;
}

std::vector<ArchitectureFact> searched_architectures(const Study& study) {
  std::vector<ArchitectureFact> searched;
  for (const auto& fact : in_order(study)) {
    if (!fact.task.empty() && !modules_of(fact.architecture).empty()) searched.push_back(fact);
  }
  return searched;
}

struct PairGroup {
  std::string name;
  std::vector<double> distances;
};

PairGroup& group_named(std::vector<PairGroup>& groups, const std::string& name) {
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&name](const auto& group) { return group.name == name; });
  if (found != groups.end()) return *found;
  return groups.emplace_back(PairGroup{name, {}});
}

std::string group_name(const Study& study, const ArchitectureFact& left,
                       const ArchitectureFact& right) {
  if (left.task == right.task) return "within " + task_label(study, left.task);
  return "between " + task_label(study, left.task) + " and " + task_label(study, right.task);
}

std::vector<PairGroup> pair_groups(const Study& study,
                                   const std::vector<ArchitectureFact>& searched) {
  std::vector<PairGroup> groups;
  for (std::size_t i = 0; i < searched.size(); ++i) {
    for (std::size_t j = i + 1; j < searched.size(); ++j) {
      const auto differing = distance(searched[i], searched[j]);
      if (!differing) continue;
      group_named(groups, group_name(study, searched[i], searched[j]))
          .distances.push_back(*differing);
    }
  }
  std::stable_sort(groups.begin(), groups.end(), [](const auto& left, const auto& right) {
    return left.name.starts_with("within") && !right.name.starts_with("within");
  });
  return groups;
}

Table distance_table(const Study& study, const std::vector<ArchitectureFact>& searched) {
  const int modules = static_cast<int>(modules_of(searched.front().architecture).size());
  const auto coins = fair_coins(modules);
  Table table{
      .id = "architecture-distance",
      .title = "Distance between searched architectures",
      .caption = "How many of " + std::to_string(modules) +
                 " modules differ, over pairs of searches (seeds within a task, seeds by "
                 "seeds between tasks). Two architectures drawn at random differ in " +
                 rounded(coins.expected, 1) + " modules on average; 95 % of such pairs in " +
                 rounded(coins.interval_95.low, 0) + " to " + rounded(coins.interval_95.high, 0) +
                 " (binomial, each module a fair coin)."};
  table.columns = {{.header = "Pairs"},
                   {.header = "Number of pairs", .decimals = 0, .is_text = false},
                   {.header = "Mean distance", .decimals = 1, .is_text = false},
                   {.header = "Smallest", .decimals = 0, .is_text = false},
                   {.header = "Largest", .decimals = 0, .is_text = false}};
  for (const auto& group : pair_groups(study, searched)) {
    double sum = 0;
    for (const double differing : group.distances) sum += differing;
    const auto [low, high] = std::minmax_element(group.distances.begin(), group.distances.end());
    table.rows.push_back({text_cell(group.name),
                          number_cell(static_cast<double>(group.distances.size())),
                          number_cell(sum / static_cast<double>(group.distances.size())),
                          number_cell(*low), number_cell(*high)});
  }
  table.rows.push_back({text_cell("two random architectures (expected; 95 % interval)"),
                        text_cell("any"), number_cell(coins.expected),
                        number_cell(coins.interval_95.low), number_cell(coins.interval_95.high)});
  return table;
}

Figure distance_map(const Study& study, const std::vector<ArchitectureFact>& searched) {
  HeatMap map{.row_title = "", .column_title = "", .value_title = "modules that differ"};
  for (const auto& row : searched) {
    map.rows.push_back(network_label(study, row));
    map.columns.push_back(network_label(study, row));
    auto& values = map.values.emplace_back();
    auto& texts = map.texts.emplace_back();
    for (const auto& column : searched) {
      const auto differing = distance(row, column);
      values.push_back(differing ? std::optional<double>(*differing) : std::nullopt);
      texts.push_back(differing ? std::to_string(*differing) : "unlike length");
    }
  }
  return {.id = "architecture-distance-map",
          .title = "Distance of every pair of searches",
          .caption = "Number of modules that differ between two searched architectures.",
          .description = "Summed up in the table \"Distance between searched architectures\".",
          .content = std::move(map)};
}

}  // namespace

Section architecture_section(const Study& study) {
  Section section{"architectures", "Architectures", {}};
  if (study.architectures.empty()) return section;
  if (auto table = architecture_table(study); !table.rows.empty()) {
    section.blocks.emplace_back(std::move(table));
  }
  if (auto table = genotype_table(study); !table.rows.empty()) {
    section.blocks.emplace_back(std::move(table));
  }
  for (const auto& contestant : study.contestants) {
    auto drawing = drawing_of(study, contestant);
    if (drawing) section.blocks.emplace_back(std::move(*drawing));
  }
  const auto searched = searched_architectures(study);
  if (searched.size() > 1) {
    section.blocks.emplace_back(distance_table(study, searched));
    section.blocks.emplace_back(distance_map(study, searched));
  }
  return section;
}

}  // namespace bench::reports
