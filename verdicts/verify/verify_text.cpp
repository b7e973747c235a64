#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "verdicts/verify/verify.h"

namespace bench::verdicts {
namespace {

using Json = nlohmann::ordered_json;

// A cell of a Markdown table: a bar would end it.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '|' || letter == '<' || letter == '*' || letter == '_') safe += '\\';
    safe += letter == '\n' ? ' ' : letter;
  }
  return safe.empty() ? "-" : safe;
}

std::string counts_text(const std::vector<JudgedClaim>& judged) {
  std::string text = std::to_string(judged.size()) + " claims:";
  for (const auto verdict : all_verdicts()) {
    const auto count = std::count_if(judged.begin(), judged.end(),
                                     [&](const auto& one) { return one.verdict == verdict; });
    text += (text.back() == ':' ? " " : ", ") + std::to_string(count) + " " + to_string(verdict);
  }
  return text;
}

// What is not testable, by its reason, the most frequent first.
std::string groups_text(const std::vector<JudgedClaim>& judged) {
  std::map<std::string, int> groups;
  for (const auto& one : judged) {
    if (one.verdict != Verdict::kNotTestable) continue;
    ++groups[one.group.empty() ? one.reason : one.group];
  }
  if (groups.empty()) return "";
  std::vector<std::pair<std::string, int>> ordered(groups.begin(), groups.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = "not testable here (--all lists them):\n";
  for (const auto& [reason, count] : ordered) {
    text += "  " + std::to_string(count) + ": " + reason + "\n";
  }
  return text;
}

}  // namespace

std::string verify_text(const std::vector<JudgedClaim>& judged, bool all) {
  std::string text;
  for (const auto& one : judged) {
    if (!all && one.verdict == Verdict::kNotTestable) continue;
    text += one.claim.id + ": " + to_string(one.verdict) + "\n  published " + one.claim.published +
            (one.measured.empty() ? ", not measured" : ", measured " + one.measured) +
            (one.difference.empty() ? "" : ", difference " + one.difference) + "\n  " + one.reason +
            "\n";
  }
  if (!all) text += groups_text(judged);
  return text + counts_text(judged) + "\n";
}

std::string verify_json(const std::vector<JudgedClaim>& judged) {
  Json list = Json::array();
  for (const auto& one : judged) {
    list.push_back({{"id", one.claim.id},
                    {"statement", one.claim.statement},
                    {"published", one.claim.published},
                    {"protocol", one.claim.protocol},
                    {"source", one.claim.source},
                    {"certainty", to_string(one.claim.certainty)},
                    {"measured", one.measured},
                    {"difference", one.difference},
                    {"verdict", to_string(one.verdict)},
                    {"reason", one.reason}});
  }
  const Json facts = {{"format", "bench-verdicts"}, {"version", 1}, {"claims", list}};
  return facts.dump(2) + "\n";
}

std::string verify_markdown(const std::vector<JudgedClaim>& judged) {
  std::string text =
      "# Published numbers checked against recorded runs\n\n"
      "Written by `bench verify --markdown`. A claim is judged only by a recorded run with the "
      "same\n"
      "method, data set, split, noise, protocol and budget.\n\n" +
      counts_text(judged) +
      ".\n\n| claim | published | measured | difference | verdict | why | seeds | source | "
      "certainty |\n|---|--:|--:|--:|---|---|---|---|---|\n";
  for (const auto& one : judged) {
    const auto& claim = one.claim;
    text += "| " + cell(claim.statement) + " | " + cell(claim.published) + " | " +
            cell(one.measured) + " | " + cell(one.difference) + " | " + to_string(one.verdict) +
            " | " + cell(one.reason) + " | " + cell(claim.seeds) + " | " + cell(claim.source) +
            " | " + to_string(claim.certainty) + " |\n";
  }
  return text;
}

}  // namespace bench::verdicts
