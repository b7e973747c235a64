#include "reports/render/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/content/number_text.h"

namespace bench::reports {
namespace {

using Json = nlohmann::ordered_json;

Json number_json(double value) {
  if (std::isfinite(value)) return value;
  return exact(value);
}

/// Rounds every number to six significant digits: more than a chart can show.
void shorten_numbers(Json& json) {
  if (json.is_number_float()) {
    const double value = json.get<double>();
    if (value == 0) {
      json = 0;
      return;
    }
    const double unit = std::pow(10.0, 5 - std::floor(std::log10(std::fabs(value))));
    const double shortened = std::isfinite(unit) ? std::round(value * unit) / unit : value;
    const bool is_whole = std::fabs(shortened) < 1e15 && shortened == std::round(shortened);
    json = is_whole ? Json(static_cast<std::int64_t>(shortened)) : Json(shortened);
  } else if (json.is_structured()) {
    for (auto& part : json) shorten_numbers(part);
  }
}

Json numbers_json(const std::vector<double>& values) {
  Json array = Json::array();
  for (const double value : values) array.push_back(number_json(value));
  return array;
}

Json optional_json(const std::optional<double>& value) {
  return value ? number_json(*value) : Json(nullptr);
}

const char* mark_name(Mark mark) {
  switch (mark) {
    case Mark::kBest:
      return "best";
    case Mark::kSecond:
      return "second";
    case Mark::kTied:
      return "tied";
    case Mark::kNone:
      break;
  }
  return "none";
}

Json content_json(const std::string& text) {
  return {{"text", text}};
}
Json content_json(const Missing& missing) {
  return {{"missing", missing.state}};
}

Json content_json(const Number& number) {
  Json json = {{"value", number_json(number.value)}};
  if (number.spread) json["spread"] = number_json(*number.spread);
  if (number.interval) {
    json["interval"] = {number_json(number.interval->low), number_json(number.interval->high)};
  }
  if (number.n_images > 0) json["n_images"] = number.n_images;
  if (number.n_seeds > 0) json["n_seeds"] = number.n_seeds;
  if (number.infinite > 0) json["infinite"] = number.infinite;
  if (number.decimals) json["decimals"] = *number.decimals;
  return json;
}

Json cell_json(const Cell& cell) {
  Json json = std::visit([](const auto& content) { return content_json(content); }, cell.content);
  if (cell.mark != Mark::kNone) json["mark"] = mark_name(cell.mark);
  if (!cell.notes.empty()) json["notes"] = cell.notes;
  if (!cell.link.empty()) json["link"] = cell.link;
  return json;
}

Json block_json(const Paragraph& paragraph) {
  return {{"paragraph", paragraph.text}};
}

Json block_json(const Table& table) {
  Json columns = Json::array();
  for (const auto& column : table.columns) {
    columns.push_back(
        {{"header", column.header}, {"detail", column.detail}, {"unit", column.unit}});
    if (column.is_published) columns.back()["published"] = true;
  }
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json cells = Json::array();
    for (const auto& cell : row) cells.push_back(cell_json(cell));
    rows.push_back(std::move(cells));
  }
  return {{"table", table.id},
          {"title", table.title},
          {"caption", table.caption},
          {"columns", columns},
          {"rows", rows},
          {"row_ids", table.row_anchors},
          {"footnotes", table.notes},
          {"remarks", table.remarks}};
}

Json axis_json(const Axis& axis) {
  return {{"label", axis.label}, {"log", axis.is_log}};
}

Json figure_content(const Scatter& scatter) {
  Json points = Json::array();
  for (const auto& point : scatter.points) {
    points.push_back({{"label", point.label},
                      {"x", number_json(point.x)},
                      {"y", number_json(point.y)},
                      {"spread", optional_json(point.y_spread)},
                      {"style", point.style},
                      {"front", point.is_on_front}});
  }
  return {{"kind", "scatter"},
          {"x", axis_json(scatter.x)},
          {"y", axis_json(scatter.y)},
          {"points", points}};
}

Json figure_content(const Lines& lines) {
  Json series = Json::array();
  for (const auto& line : lines.series) {
    series.push_back({{"label", line.label},
                      {"x", numbers_json(line.x)},
                      {"y", numbers_json(line.y)},
                      {"low", numbers_json(line.low)},
                      {"high", numbers_json(line.high)},
                      {"style", line.style}});
  }
  return {
      {"kind", "lines"}, {"x", axis_json(lines.x)}, {"y", axis_json(lines.y)}, {"series", series}};
}

Json figure_content(const HeatMap& map) {
  Json values = Json::array();
  for (const auto& row : map.values) {
    Json cells = Json::array();
    for (const auto& value : row) cells.push_back(optional_json(value));
    values.push_back(std::move(cells));
  }
  return {{"kind", "heat_map"},
          {"row_title", map.row_title},
          {"column_title", map.column_title},
          {"value_title", map.value_title},
          {"rows", map.rows},
          {"columns", map.columns},
          {"values", values},
          {"texts", map.texts},
          {"details", map.details}};
}

Json figure_content(const Intervals& intervals) {
  Json rows = Json::array();
  for (const auto& row : intervals.rows) {
    rows.push_back({{"label", row.label},
                    {"value", number_json(row.value)},
                    {"low", number_json(row.low)},
                    {"high", number_json(row.high)},
                    {"decided", row.is_decided}});
  }
  return {{"kind", "intervals"},
          {"x", axis_json(intervals.x)},
          {"margin", optional_json(intervals.margin)},
          {"rows", rows},
          {"groups", intervals.groups}};
}

Json figure_content(const ArchitectureDrawing& drawing) {
  Json networks = Json::array();
  for (const auto& network : drawing.networks) {
    networks.push_back({{"label", network.label}, {"architecture", network.architecture}});
  }
  return {{"kind", "architecture"}, {"networks", networks}};
}

Json figure_content(const PairedImages& paired) {
  Json values = Json::array();
  for (const auto& contestant : paired.values) {
    Json scores = Json::array();
    for (const auto& value : contestant) scores.push_back(optional_json(value));
    values.push_back(std::move(scores));
  }
  return {{"kind", "paired_images"},
          {"value", axis_json(paired.value)},
          {"contestants", paired.contestants},
          {"images", paired.images},
          {"values", values},
          {"x", paired.x},
          {"y", paired.y}};
}

Json figure_content(const ImageComparison& comparison) {
  Json images = Json::array();
  for (const auto& image : comparison.images) {
    images.push_back({{"label", image.label}, {"role", image.role}});
  }
  return {{"kind", "images"}, {"images", images}};
}

Json figure_json(const Figure& figure) {
  Json json = {{"figure", figure.id},
               {"title", figure.title},
               {"caption", figure.caption},
               {"description", figure.description}};
  json.update(
      std::visit([](const auto& content) { return figure_content(content); }, figure.content));
  return json;
}

Json block_json(const Figure& figure) {
  return figure_json(figure);
}

/// Maps and architectures say all in their drawing.
bool is_interactive(const Figure& figure) {
  return std::holds_alternative<Lines>(figure.content) ||
         std::holds_alternative<Scatter>(figure.content) ||
         std::holds_alternative<PairedImages>(figure.content);
}

/// Curves are mostly sampled at the same steps: a series with those of one before it has its index
/// in the place of `x`.
void share_steps(Json& chart) {
  if (chart["kind"] != "lines") return;
  auto& series = chart["series"];
  for (std::size_t i = 1; i < series.size(); ++i) {
    for (std::size_t before = 0; before < i; ++before) {
      if (series[before]["x"] != series[i]["x"]) continue;
      series[i]["x"] = before;
      break;
    }
  }
}

Json answer_json(const Answer& answer) {
  Json json = {{"kind", answer.kind},           {"finding", answer.finding},
               {"sentence", answer.sentence},   {"contestant", answer.contestant},
               {"other", answer.other},         {"task", answer.task},
               {"protocol", answer.protocol},   {"unit", answer.unit},
               {"inference", answer.inference}, {"effect", optional_json(answer.effect)}};
  json["interval"] =
      answer.interval ? Json{number_json(answer.interval->low), number_json(answer.interval->high)}
                      : Json(nullptr);
  json["confidence"] = answer.confidence;
  json["p"] = optional_json(answer.p);
  json["corrected_for"] = answer.comparisons;
  return json;
}

Json answers_array(const std::vector<Answer>& answers) {
  Json array = Json::array();
  for (const auto& answer : answers) array.push_back(answer_json(answer));
  return array;
}

/// Invalid UTF-8 in a name becomes U+FFFD instead of an exception.
std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Document& document) {
  Json facts = Json::object();
  for (const auto& [name, value] : document.facts) facts[name] = value;
  Json sections = Json::array();
  for (const auto& section : document.sections) {
    Json blocks = Json::array();
    for (const auto& block : section.blocks) {
      blocks.push_back(std::visit([](const auto& part) { return block_json(part); }, block));
    }
    sections.push_back({{"id", section.id}, {"title", section.title}, {"blocks", blocks}});
  }
  Json json = {{"format", "bench-report"},
               {"format_version", 1},
               {"title", document.title},
               {"question", document.question},
               {"answers", answers_array(document.answers)},
               {"answer_notes", document.answer_notes}};
  if (document.answer_figure) json["answer_figure"] = figure_json(*document.answer_figure);
  json["facts"] = facts;
  json["caveats"] = document.caveats;
  json["sections"] = sections;
  return dumped(json, 1) + "\n";
}

std::string answers_json(const std::vector<Answer>& answers) {
  return dumped(answers_array(answers), -1);
}

std::string chart_data_json(const Document& document) {
  Json charts = Json::object();
  const auto add = [&charts](const Figure& figure) {
    if (!is_interactive(figure)) return;
    charts[figure.id] =
        std::visit([](const auto& content) { return figure_content(content); }, figure.content);
    share_steps(charts[figure.id]);
  };
  if (document.answer_figure) add(*document.answer_figure);
  for (const auto& section : document.sections) {
    for (const auto& block : section.blocks) {
      if (const auto* figure = std::get_if<Figure>(&block)) add(*figure);
    }
  }
  shorten_numbers(charts);
  return dumped(charts, -1);
}

std::string text_map_json(const std::vector<std::pair<std::string, std::string>>& texts) {
  Json map = Json::object();
  for (const auto& [id, text] : texts) map[id] = text;
  return dumped(map, -1);
}

}  // namespace bench::reports
