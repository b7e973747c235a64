#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "reports/content/escape.h"
#include "reports/sections/architecture_distance.h"
#include "reports/sections/sections.h"
#include "reports/sections/study_lookup.h"

namespace bench::reports {
namespace {

/// Cells are written as operations and edges, CLEARER's modules as letters.
bool is_genotype(const ArchitectureFact& fact) {
  return fact.architecture.find_first_not_of("PF|") != std::string::npos;
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
              .title = "Architectures by seed",
              .caption = "One letter per module: P parallel, F fusion; | separates cells."};
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
  Table table{.id = "genotypes",
              .title = "Genotypes",
              .caption = "Cells found by searches, written as OPERATION@STATE for each kept edge."};
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

constexpr const char* kHowToRead =
    "One column per module and one row per resolution (finest at the top), with gaps between "
    "cells; "
    "a parallel module processes each resolution separately, a fusion module combines them.";

bool is_fixed(const ArchitectureDrawing& drawing, const ContestantFacts& contestant) {
  return drawing.networks.size() == 1 && contestant.kind == "architecture";
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
  if (is_fixed(drawing, contestant)) drawing.networks.front().label = "all seeds";
  return Figure{.id = "architecture-" + slug(contestant.id),
                .title = contestant_label(study, contestant.id),
                .caption = kHowToRead,
                .description = words,
                .content = std::move(drawing)};
}

/// The architectures that are the same under all seeds, as long as the first of them, in one figure
/// with the names of their contestants; none for fewer than three.
std::optional<Figure> fixed_drawings(const Study& study, std::set<std::string>& drawn) {
  ArchitectureDrawing drawing;
  std::string words;
  for (const auto& contestant : study.contestants) {
    const auto own = drawing_of(study, contestant);
    if (!own) continue;
    const auto& network = std::get<ArchitectureDrawing>(own->content).networks.front();
    if (!is_fixed(std::get<ArchitectureDrawing>(own->content), contestant)) continue;
    const bool fits = drawing.networks.empty() ||
                      network.architecture.size() == drawing.networks.front().architecture.size();
    if (!fits) continue;
    drawing.networks.push_back({own->title, network.architecture});
    words += (words.empty() ? "" : "; ") + own->title + ": " + network.architecture;
    drawn.insert(contestant.id);
  }
  if (drawing.networks.size() < 3) {
    drawn.clear();
    return std::nullopt;
  }
  return Figure{.id = "fixed-architectures",
                .title = "Architectures that are the same for all seeds",
                .caption = kHowToRead,
                .description = words,
                .content = std::move(drawing)};
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
  std::set<std::string> drawn;
  auto fixed = fixed_drawings(study, drawn);
  for (const auto& contestant : study.contestants) {
    if (drawn.count(contestant.id) > 0) continue;
    auto drawing = drawing_of(study, contestant);
    if (drawing) section.blocks.emplace_back(std::move(*drawing));
  }
  if (fixed) section.blocks.emplace_back(std::move(*fixed));
  return section;
}

}  // namespace bench::reports
