#include "metrics/scoring/render.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace bench::scoring {
namespace {

using json = nlohmann::ordered_json;

json number(double value) {
  // JSON has no infinity, and null would say that there is no score.
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

json optional_number(const std::optional<double>& value) {
  return value ? number(*value) : json(nullptr);
}

json interval_of(const ColumnSummary& summary) {
  if (!summary.interval) return nullptr;
  return {{"kind", "t"},
          {"confidence", summary.interval->confidence},
          {"low", summary.interval->low},
          {"high", summary.interval->high}};
}

json column_of(const ScoreSheet& sheet, std::size_t place) {
  const auto& protocol = sheet.columns[place].protocol;
  const auto metric = text_of(protocol.metric);
  json column = {{"protocol", to_string(protocol)},
                 {"names", sheet.columns[place].names},
                 {"metric", metric.label},
                 {"unit", metric.unit}};
  if (sheet.summaries.empty()) return column;
  const auto& summary = sheet.summaries[place];
  column["n"] = summary.n;
  column["mean"] = number(summary.value);
  column["deviation"] = optional_number(summary.deviation);
  column["interval"] = interval_of(summary);
  if (!summary.interval) column["why_no_interval"] = summary.why_no_interval;
  column["identical_images"] = summary.identical;
  return column;
}

json image_of(const ScoreSheet& sheet, const PairScores& pair) {
  json scores = json::object();
  for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
    scores[to_string(sheet.columns[place].protocol)] = number(pair.scores[place]);
  }
  return {{"name", pair.pair.name},
          {"reference", pair.pair.reference.string()},
          {"restored", pair.pair.restored.string()},
          {"height", pair.reference.height},
          {"width", pair.reference.width},
          {"channels", pair.reference.channels},
          {"reference_format", to_string(pair.reference)},
          {"restored_format", to_string(pair.restored)},
          {"scores", scores}};
}

}  // namespace

std::string json_text(const ScoreSheet& sheet) {
  json columns = json::array(), images = json::array(), skipped = json::array();
  for (std::size_t place = 0; place < sheet.columns.size(); ++place) {
    columns.push_back(column_of(sheet, place));
  }
  for (const auto& pair : sheet.pairs) images.push_back(image_of(sheet, pair));
  for (const auto& fault : sheet.skipped) {
    skipped.push_back(
        {{"kind", to_string(fault.kind)}, {"name", fault.name}, {"message", fault.message}});
  }
  const json all = {{"format", "bench-score"},
                    {"version", 1},
                    {"reference", sheet.reference.string()},
                    {"restored", sheet.restored.string()},
                    {"scored", sheet.pairs.size()},
                    {"skipped", skipped},
                    {"left_out", sheet.left_out},
                    {"protocols", columns},
                    {"images", images},
                    {"notes", sheet.notes}};
  // File names are bytes, JSON is UTF-8: what is not becomes U+FFFD rather than no output at all.
  return all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace bench::scoring
