#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "verdicts/verify/definitions.h"

namespace bench::verdicts {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kNearestShown = 3;  // of those that contradict a number

std::string unit_of(const std::string& metric) {
  return metric == "psnr" ? " dB" : "";
}

std::string joined(const std::vector<std::string>& parts, const std::string& by) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : by) + part;
  return text;
}

std::string title_of(const PrintedRow& row) {
  return row.method + " on " + row.claims.front().data_set + ", " + row.metric + " (" + row.source +
         ")";
}

std::string printed_text(const PrintedRow& row) {
  std::vector<std::string> numbers, levels;
  for (const auto& claim : row.claims) {
    numbers.push_back(claim.published);
    levels.push_back(text::fixed(claim.sigma_8bit, 0));
  }
  return joined(numbers, " / ") + unit_of(row.metric) +
         (row.claims.front().sigma_8bit > 0 ? " at sigma " + joined(levels, " / ") : "");
}

std::string counts_text(const PrintedRow& row) {
  const auto count = row.definitions.size();
  const auto margin = text::exact(row.claims.front().margin) + unit_of(row.metric);
  return std::to_string(row.agreeing) + " of " + std::to_string(count) +
         (count == 1 ? " definition lies" : " definitions lie") + " within " + margin +
         (row.claims.size() == 1 ? " of it" : " of all " + std::to_string(row.claims.size())) +
         "; of a number drawn at random, " + text::fixed(row.by_chance, 1) + " would";
}

std::vector<const Definition*> shown(const PrintedRow& row, bool all) {
  std::vector<const Definition*> some;
  for (const auto& definition : row.definitions) {
    if (all || some.size() < row.agreeing + kNearestShown) some.push_back(&definition);
  }
  return some;
}

std::string verdict_text(const PrintedRow& row, const Definition& definition) {
  const auto numbers = row.claims.size();
  if (definition.within_margin < numbers) {
    return "contradicts " + std::to_string(numbers - definition.within_margin) + " of " +
           std::to_string(numbers);
  }
  return definition.as_printed == numbers ? "as printed" : "within the margin";
}

std::string measured_text(const Definition& definition) {
  std::vector<std::string> numbers;
  for (const auto& number : definition.numbers) {
    numbers.push_back(number.measured + " (" + number.difference + ")");
  }
  return joined(numbers, " / ");
}

}  // namespace

std::string definitions_text(const std::vector<PrintedRow>& rows, bool all) {
  std::string text;
  for (const auto& row : rows) {
    text += title_of(row) + "\n  printed " + printed_text(row) + "\n";
    if (!row.why_none.empty()) {
      text += "  " + row.why_none + "\n\n";
      continue;
    }
    text += "  " + counts_text(row) + "\n";
    for (const auto* definition : shown(row, all)) {
      text += "  " + verdict_text(row, *definition) + ": " + measured_text(*definition) + "\n    " +
              definition_text(*definition) + "\n";
    }
    text += "\n";
  }
  return text;
}

std::string definitions_json(const std::vector<PrintedRow>& rows) {
  Json list = Json::array();
  for (const auto& row : rows) {
    Json printed = Json::array(), definitions = Json::array();
    for (const auto& claim : row.claims) {
      printed.push_back({{"id", claim.id},
                         {"sigma_8bit", claim.sigma_8bit},
                         {"published", claim.published},
                         {"margin", claim.margin}});
    }
    for (const auto& definition : row.definitions) {
      Json numbers = Json::array();
      for (const auto& number : definition.numbers) {
        numbers.push_back({{"measured", number.measured},
                           {"difference", number.difference},
                           {"verdict", to_string(number.verdict)},
                           {"reason", number.reason}});
      }
      definitions.push_back({{"images", definition.images},
                             {"protocol", definition.measured->protocol},
                             {"run", definition.measured->run},
                             {"verdict", verdict_text(row, definition)},
                             {"numbers", numbers}});
    }
    list.push_back({{"method", row.method},
                    {"metric", row.metric},
                    {"source", row.source},
                    {"printed", printed},
                    {"agreeing", row.agreeing},
                    {"by_chance", row.by_chance},
                    {"why_none", row.why_none},
                    {"definitions", definitions}});
  }
  const Json facts = {{"format", "bench-definitions"}, {"version", 1}, {"rows", list}};
  return facts.dump(2) + "\n";
}

std::string definitions_markdown(const std::vector<PrintedRow>& rows, bool all) {
  std::string text;
  for (const auto& row : rows) {
    text += "### " + title_of(row) + "\n\nPrinted: " + printed_text(row) + ". ";
    if (!row.why_none.empty()) {
      text += "Not compared: " + row.why_none + ".\n\n";
      continue;
    }
    text += counts_text(row) + ".\n\n| images | definition |";
    for (const auto& claim : row.claims) text += " " + text::fixed(claim.sigma_8bit, 0) + " |";
    text += " verdict |\n|---|---|" +
            joined(std::vector<std::string>(row.claims.size(), "--:"), "|") + "|---|\n";
    for (const auto* definition : shown(row, all)) {
      text += "| " + definition->images + " | `" + definition->measured->protocol + "` |";
      for (const auto& number : definition->numbers) {
        text += " " + number.measured + " (" + number.difference + ") |";
      }
      text += " " + verdict_text(row, *definition) + " |\n";
    }
    text += "\n";
  }
  return text;
}

}  // namespace bench::verdicts
