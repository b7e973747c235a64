#include "runner/export/export_tables.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text/number.h"

namespace bench::runner {
namespace {

Cell cell(const std::optional<std::int64_t>& value) {
  return value ? Cell(*value) : Cell();
}

ExportTable provenance_table(const db::RunRecord& run) {
  ExportTable table{"provenance", {"name", "value"}, {}};
  const auto add = [&](const std::string& name, const std::string& value) {
    table.rows.push_back({name, value});
  };
  add("run", run.run_id);
  add("experiment", run.experiment_name);
  add("experiment SHA-256", run.experiment_sha256);
  add("profile", run.profile);
  for (const auto seed : run.seeds) add("seed", std::to_string(seed));
  for (const auto& setting : run.overrides) add("override", setting);
  add("command", run.command_line);
  add("state", std::string(db::to_string(run.state)));
  add("started", run.started_utc);
  add("finished", run.finished_utc.value_or(""));
  for (const auto& [name, value] : run.provenance) add(name, value);
  return table;
}

/// Rows that begin with whose they are.
class MeasurementTables {
 public:
  explicit MeasurementTables(const db::RunReader& reader) : reader_(reader) {}

  void add(const db::RunStage& stage) {
    const auto record = stage.key.empty() ? std::nullopt : reader_.stage(stage.key);
    add_stage(stage, record);
    if (!record) return;
    const std::vector<std::string> key = {stage.key};
    for (const auto& score : reader_.scores(key)) {
      add_row(scores_, stage, {score.data_set, score.image, score.protocol, score.value});
    }
    for (const auto& quantity : reader_.quantities(key)) {
      add_row(costs_, stage,
              {quantity.name, quantity.unit, std::int64_t{quantity.repetition}, quantity.value});
    }
    for (const auto& point : reader_.points(key)) {
      add_row(points_, stage, {stage.kind, point.series, point.step, point.value});
    }
    for (const auto& fact : reader_.text_facts(key)) {
      add_row(facts_, stage, {stage.kind, fact.name, fact.value});
    }
  }

  std::vector<ExportTable> take() && {
    return {std::move(stages_), std::move(scores_), std::move(costs_), std::move(points_),
            std::move(facts_)};
  }

 private:
  static void add_row(ExportTable& table, const db::RunStage& stage, std::vector<Cell> cells) {
    std::vector<Cell> row = {stage.contestant, stage.task, cell(stage.seed)};
    for (auto& one : cells) row.push_back(std::move(one));
    row.push_back(stage.key);
    table.rows.push_back(std::move(row));
  }

  void add_stage(const db::RunStage& stage, const std::optional<db::StageRecord>& record) {
    std::vector<Cell> row = {std::int64_t{stage.position},
                             stage.name,
                             stage.kind,
                             stage.contestant,
                             stage.task,
                             cell(stage.seed),
                             std::string(to_string(stage.outcome)),
                             stage.reason,
                             stage.key};
    if (record) {
      row.insert(row.end(),
                 {record->started_utc, record->wall_seconds, record->cpu_seconds,
                  record->peak_memory_bytes, std::int64_t{record->threads}, record->settings_json});
    }
    row.resize(stages_.columns.size());
    stages_.rows.push_back(std::move(row));
  }

  const db::RunReader& reader_;
  ExportTable stages_{
      "stages",
      {"position", "name", "kind", "contestant", "task", "seed", "state", "reason", "key",
       "started", "wall_seconds", "cpu_seconds", "peak_memory_bytes", "threads", "settings"},
      {}};
  ExportTable scores_{
      "scores",
      {"contestant", "task", "seed", "data_set", "image", "protocol", "value", "stage"},
      {}};
  ExportTable costs_{
      "costs", {"contestant", "task", "seed", "name", "unit", "repetition", "value", "stage"}, {}};
  ExportTable points_{
      "points", {"contestant", "task", "seed", "kind", "series", "step", "value", "stage"}, {}};
  ExportTable facts_{"facts", {"contestant", "task", "seed", "kind", "name", "value", "stage"}, {}};
};

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string csv_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return csv_field(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&cell)) return text::exact(*number);
  return "";
}

nlohmann::ordered_json json_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
  if (const auto* number = std::get_if<double>(&cell)) {
    if (std::isfinite(*number)) return *number;
    return text::exact(*number);
  }
  return nullptr;
}

}  // namespace

std::vector<ExportTable> export_tables(const db::RunReader& reader, const std::string& run_id) {
  MeasurementTables measured(reader);
  for (const auto& stage : reader.run_stages(run_id)) measured.add(stage);
  std::vector<ExportTable> tables = {provenance_table(reader.find_run(run_id))};
  for (auto& table : std::move(measured).take()) tables.push_back(std::move(table));
  return tables;
}

std::string csv_of(const ExportTable& table) {
  std::string text;
  const auto add = [&](std::size_t column, const std::string& field) {
    text += (column == 0 ? "" : ",") + field;
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) add(i, csv_field(table.columns[i]));
  text += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) add(i, csv_text(row[i]));
    text += "\r\n";
  }
  return text;
}

std::string json_lines_of(const ExportTable& table) {
  std::string text;
  for (const auto& row : table.rows) {
    nlohmann::ordered_json object;
    for (std::size_t i = 0; i < row.size(); ++i) object[table.columns[i]] = json_of(row[i]);
    text += object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace bench::runner
