#include "verdicts/verify/definitions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "core/text/number.h"
#include "metrics/statistics/sample.h"

namespace bench::verdicts {
namespace {

bool can_speak_of(const PublishedClaim& claim, const Measurement& one) {
  return one.base_set == claim.data_set && (one.split.empty() || one.split == claim.split) &&
         std::abs(one.sigma_8bit - claim.sigma_8bit) < 1e-9 &&
         (one.contestant == claim.method || one.method == claim.method) && one.count == 0 &&
         one.protocol.starts_with(claim.metric + "(") && one.profile_tests_claims &&
         std::all_of(one.seed_means.begin(), one.seed_means.end(),
                     [](double mean) { return std::isfinite(mean); });
}

// What is one definition at every noise level; of several runs the one with the most seeds.
using Key = std::tuple<std::string, std::string, std::string>;  // set, protocol, contestant

std::map<Key, const Measurement*> measured_for(const PublishedClaim& claim,
                                               const std::vector<Measurement>& all) {
  std::map<Key, const Measurement*> found;
  for (const auto& one : all) {
    if (!can_speak_of(claim, one)) continue;
    auto& place = found[{one.data_set, one.protocol, one.contestant}];
    if (place == nullptr || place->seed_means.size() < one.seed_means.size()) place = &one;
  }
  return found;
}

JudgedNumber judged(const PublishedClaim& claim, const Measurement& one) {
  return judge_number({claim.value, claim.digits, draws_stated(claim.seeds), claim.margin},
                      one.seed_means, one.chance);
}

void add_number(const PublishedClaim& claim, const Measurement& one, Definition& definition) {
  const double difference = std::abs(statistics::mean(one.seed_means) - claim.value);
  definition.numbers.push_back(judged(claim, one));
  definition.largest_difference = std::max(definition.largest_difference, difference);
  definition.within_margin += difference <= claim.margin ? 1 : 0;
  definition.as_printed += definition.numbers.back().verdict == Verdict::kReproduced ? 1 : 0;
}

double expected_by_chance(const PublishedClaim& claim,
                          const std::map<Key, const Measurement*>& measured) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const auto& [key, one] : measured) {
    const double mean = statistics::mean(one->seed_means);
    low = std::min(low, mean);
    high = std::max(high, mean);
  }
  const double range = high - low + 2 * claim.margin;
  // Each agrees with what lies within its margin on both sides.
  return range > 0 ? static_cast<double>(measured.size()) * 2 * claim.margin / range : 0.0;
}

void fill(PrintedRow& row, const std::vector<Measurement>& measurements) {
  std::vector<std::map<Key, const Measurement*>> measured;
  for (const auto& claim : row.claims) {
    measured.push_back(measured_for(claim, measurements));
    if (!measured.back().empty()) continue;
    row.why_none = row.method + " was not measured on " + claim.data_set + " at sigma " +
                   text::fixed(claim.sigma_8bit, 0);
    return;
  }
  for (const auto& [key, first] : measured.front()) {
    Definition definition{.measured = first,
                          .images = first->data_set == first->base_set ? "whole" : "halved"};
    for (std::size_t i = 0; i < row.claims.size(); ++i) {
      const auto found = measured[i].find(key);
      if (found == measured[i].end()) break;
      add_number(row.claims[i], *found->second, definition);
    }
    if (definition.numbers.size() == row.claims.size()) {
      row.definitions.push_back(std::move(definition));
    }
  }
  std::stable_sort(row.definitions.begin(), row.definitions.end(),
                   [](const auto& a, const auto& b) {
                     if (a.within_margin != b.within_margin)
                       return a.within_margin > b.within_margin;
                     return a.largest_difference < b.largest_difference;
                   });
  for (const auto& definition : row.definitions) {
    row.agreeing += definition.within_margin == row.claims.size() ? 1 : 0;
  }
  for (std::size_t i = 0; i < row.claims.size(); ++i) {
    row.by_chance +=
        expected_by_chance(row.claims[i], measured[i]) / static_cast<double>(row.claims.size());
  }
  if (row.definitions.empty()) row.why_none = "no definition was measured for all its numbers";
}

}  // namespace

std::vector<PrintedRow> definitions_of(const std::vector<PublishedClaim>& claims,
                                       const std::vector<Measurement>& measurements) {
  std::vector<PrintedRow> rows;
  for (const auto& claim : claims) {
    if (claim.kind != "value") continue;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const PrintedRow& one) {
      const auto& first = one.claims.front();
      return one.method == claim.method && one.metric == claim.metric &&
             one.source == claim.source && first.data_set == claim.data_set &&
             first.split == claim.split && first.protocol == claim.protocol;
    });
    if (row == rows.end()) {
      rows.push_back({claim.method, claim.metric, claim.source, {claim}});
    } else {
      row->claims.push_back(claim);
    }
  }
  for (auto& row : rows) {
    std::stable_sort(row.claims.begin(), row.claims.end(),
                     [](const auto& a, const auto& b) { return a.sigma_8bit < b.sigma_8bit; });
    fill(row, measurements);
  }
  return rows;
}

PrintedRow definitions_of(const PublishedClaim& claim,
                          const std::vector<Measurement>& measurements) {
  return definitions_of(std::vector{claim}, measurements).at(0);
}

std::string definition_text(const Definition& definition) {
  return definition.measured->protocol + " of " + definition.images + " images";
}

}  // namespace bench::verdicts
