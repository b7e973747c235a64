#include "stages/exchange/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/json/bad_input.h"

namespace bench::exchange {
namespace {

using nlohmann::json;

/// A value that the row allows and that is not `present`.
json another_value(const settings::Row& row, const json& present) {
  const json schema = row.schema;
  if (schema.contains("$ref")) {
    if (schema["$ref"] != "#/definitions/label") return json::parse(R"({"steps": 7})");
    return present == "another" ? "yet-another" : "another";
  }
  if (schema.contains("enum")) {
    for (const auto& choice : schema["enum"]) {
      if (choice != present) return choice;
    }
  }
  if (schema["type"] == "boolean") return !present.get<bool>();
  if (schema["type"] == "string") return "another";
  if (schema["type"] == "array") return json(schema.value("minItems", 1) + 1, 3);
  const double least = schema["minimum"], most = schema.value("maximum", least + 100);
  if (schema["type"] == "integer") {
    return static_cast<std::int64_t>(present == least ? std::min(least + 1, most) : least);
  }
  const double share = schema.contains("exclusiveMaximum") ? 0.5 : (least + most) / 2;
  return present == share ? json(share / 2) : json(share);
}

template <typename Block>
Block read(const settings::Table<Block>& table, const json& content) {
  const auto document = core::parse_json_document("x.json", content.dump());
  Block block{};
  table.read(core::JsonReader(document), block);
  return block;
}

json required_of(const std::vector<const settings::Row*>& rows) {
  json content = json::object();
  for (const auto* row : rows) {
    const bool fixed = row->schema.contains("const");
    if (row->required)
      content[row->key] = fixed ? json(row->schema["const"]) : another_value(*row, {});
  }
  return content;
}

/// Each option reaches a member of its own, and canonical JSON takes it there and back.
template <typename Block>
void expect_each_option_alone(const settings::Table<Block>& table) {
  const json plain = table.write(read(table, required_of(table.rows())));
  for (const auto& option : table.options()) {
    if (!option.write) continue;
    SCOPED_TRACE(table.name() + "." + option.key);
    json content = required_of(table.rows());
    const json present = option.write(read(table, content));
    content[option.key] = another_value(option, present);
    const Block changed = read(table, content);
    EXPECT_NE(option.write(changed), present) << content;
    if (!content[option.key].is_object()) {
      EXPECT_EQ(option.write(changed), content[option.key]);
    }
    json rest = table.write(changed), plain_rest = plain;
    rest.erase(option.key);
    plain_rest.erase(option.key);
    EXPECT_EQ(rest, plain_rest) << "another member changed too";
    EXPECT_EQ(table.parse(table.write(changed)), changed);
  }
}

TEST(Tables, GiveEachOptionAMemberOfItsOwn) {
  expect_each_option_alone(space_table());
  expect_each_option_alone(recipe_table());
  expect_each_option_alone(search_table());
  expect_each_option_alone(machine_table());
  expect_each_option_alone(cost_table());
  expect_each_option_alone(selection_table());
  expect_each_option_alone(gaussian_table());
}

template <typename Block>
void expect_refusals(const settings::Table<Block>& table) {
  const auto is_refused = [&](const std::string& key, const json& value) {
    json content = required_of(table.rows());
    content[key] = value;
    try {
      read(table, content);
      return false;
    } catch (const core::BadInput&) {
      return true;
    }
  };
  for (const auto& option : table.options()) {
    if (!option.read) continue;
    SCOPED_TRACE(table.name() + "." + option.key);
    EXPECT_TRUE(is_refused(option.key, nullptr));
    const json schema = option.schema;
    if (schema.contains("enum")) {
      EXPECT_TRUE(is_refused(option.key, "no such choice"));
    }
    if (schema.contains("minimum")) {
      EXPECT_TRUE(is_refused(option.key, schema["minimum"].get<double>() - 1));
    }
    if (schema.contains("maximum")) {
      EXPECT_TRUE(is_refused(option.key, schema["maximum"].get<double>() + 1));
    }
    if (schema.contains("exclusiveMaximum")) {
      EXPECT_TRUE(is_refused(option.key, 1));
    }
    if (schema.value("type", "") == "integer") {
      EXPECT_TRUE(is_refused(option.key, 2.5));
    }
  }
}

TEST(Tables, RefuseWhatIsOutsideARange) {
  expect_refusals(space_table());
  expect_refusals(recipe_table());
  expect_refusals(search_table());
  expect_refusals(machine_table());
  expect_refusals(cost_table());
  expect_refusals(selection_table());
  expect_refusals(gaussian_table());
}

template <typename Block>
void expect_sentences(const settings::Table<Block>& table) {
  std::set<std::string> keys;
  for (const auto& option : table.options()) {
    EXPECT_TRUE(keys.insert(option.key).second) << option.key;
    EXPECT_TRUE(option.sentence.ends_with(".")) << option.key << ": " << option.sentence;
    EXPECT_EQ(option.sentence.find('|'), std::string::npos) << "breaks the table of documents";
    EXPECT_FALSE(option.values.empty()) << option.key;
    EXPECT_FALSE(option.otherwise.empty()) << option.key << " says no default";
  }
}

TEST(Tables, HaveASentenceAndADefaultForEachOption) {
  expect_sentences(space_table());
  expect_sentences(recipe_table());
  expect_sentences(search_table());
  expect_sentences(machine_table());
  expect_sentences(cost_table());
  expect_sentences(selection_table());
  expect_sentences(gaussian_table());
}

// A stage that was stored before there was such a key has the same key as one that leaves it alone.
TEST(Tables, WriteLaterOptionsOnlyWhereTheyDiffer) {
  clearer::SearchOptions search;
  EXPECT_FALSE(search_table().write(search).contains("second_order_radius"));
  search.second_order_radius = 0.02;
  EXPECT_EQ(search_table().write(search).at("second_order_radius"), 0.02);
  EXPECT_EQ(search_table().parse(search_table().write(search)), search);
}

// The released space and the defaults that results on record were made with, by hand.
TEST(Tables, WriteTheDefaultsThatResultsOnRecordHave) {
  EXPECT_EQ(space_table().write({}), json::parse(R"({
    "branches": 0, "channels": [32, 64, 128, 256], "fusion_exchange": true, "global_residual": false,
    "head": "1x1", "initialization": "released", "modules": [2, 4, 4, 4], "normalization": "batch",
    "order": "transition-first", "stem": "bottleneck", "upsampling": "nearest"})"));
  EXPECT_EQ(recipe_table().write({}), json::parse(R"({
    "augmentation": "flips-rotations", "batch": 8, "beta1": 0.9, "beta2": 0.999,
    "gradient_norm_limit": 5.0, "learning_rate": 0.01, "learning_rate_min": 0.0, "loss": "mse",
    "milestone_factor": 0.1, "milestones": [], "momentum": 0.9, "name": "", "optimizer": "adam",
    "patch": 32, "schedule": "cosine", "schedule_power": 0.9, "steps": 0,
    "supervision": "all-outputs", "weight_decay": 0.0})"));
  auto search = search_table().write({});
  search.erase("weights");
  EXPECT_EQ(search, json::parse(R"({
    "architecture_batch_norm": "eval", "architecture_beta1": 0.5, "architecture_beta2": 0.999,
    "architecture_data": "training-half", "architecture_learning_rate": 3e-4,
    "architecture_learning_rate_min": 0.0, "architecture_loss_form": "natural-log",
    "architecture_loss_sign": -1, "architecture_momentum": 0.9, "architecture_optimizer": "adam",
    "architecture_schedule": "constant", "architecture_weight_decay": 1e-3, "candidates": 50,
    "complexity_cost": "constants", "image_budget": 0, "lambda_architecture": 0.01,
    "lambda_complexity": 0.0, "population": 20, "semantics": "paper", "shared_weights": true,
    "strategy": "clearer", "tournament": 5, "warm_up_fraction": 0.3,
    "weight_steps_per_architecture_step": 1})"));
}

}  // namespace
}  // namespace bench::exchange
