#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/files/read_file.h"
#include "tests/runner/example_experiment.h"

namespace bench::runner {
namespace {

using nlohmann::json;

const std::filesystem::path kExperiments = std::filesystem::path(BENCH_SOURCE_DIR) / "experiments";

const json& schema_text() {
  static const json text =
      json::parse(files::read_file(kExperiments / "schema" / "experiment.schema.json"));
  return text;
}

bool fits_schema(const json& content) {
  static const valijson::Schema* const schema = [] {
    auto* parsed = new valijson::Schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_text()), *parsed);
    return parsed;
  }();
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  return validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(content), nullptr);
}

// The example changed as an entry of broken_experiments.json says.
json broken_example(const json& change) {
  json content = example_experiment();
  const json::json_pointer pointer(change.at("at").get<std::string>());
  if (change.contains("value")) {
    content[pointer] = change.at("value");
  } else {
    content[pointer.parent_pointer()].erase(pointer.back());
  }
  return content;
}

const json& broken_experiments() {
  static const json tables = json::parse(files::read_file(
      std::filesystem::path(BENCH_SOURCE_DIR) / "tests/runner/experiment/broken_experiments.json"));
  return tables;
}

TEST(Schema, FitsTheExampleAndSoDoesTheReader) {
  EXPECT_TRUE(fits_schema(example_experiment()));
  EXPECT_EQ(refusal_of(example_experiment().dump()), "");
}

TEST(Schema, FitsEveryExperimentOfTheProjectAndSoDoesTheReader) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kExperiments)) {
    if (entry.path().extension() != ".json") continue;
    ++count;
    const std::string text = files::read_file(entry.path());
    EXPECT_TRUE(fits_schema(json::parse(text))) << entry.path();
    // Where it stands: it may refer to files beside it.
    EXPECT_NO_THROW(read_experiment(entry.path())) << entry.path();
  }
  EXPECT_GT(count, 0U);
}

TEST(Schema, RefusesWhatTheReaderRefuses) {
  const json& changes = broken_experiments().at("refused by schema and reader");
  EXPECT_GT(changes.size(), 100U);
  for (const auto& change : changes) {
    const json content = broken_example(change);
    EXPECT_FALSE(fits_schema(content)) << "the schema accepts: " << change.at("what");
    EXPECT_NE(refusal_of(content.dump(2)), "") << "the reader accepts: " << change.at("what");
  }
}

TEST(Refusals, NameThePlaceThePathWhatWasExpectedAndWhatWasFound) {
  for (const auto& [table, changes] : broken_experiments().items()) {
    if (!changes.is_array()) continue;
    for (const auto& change : changes) {
      const std::string refusal = refusal_of(broken_example(change).dump(2));
      EXPECT_THAT(refusal,
                  testing::ContainsRegex("x\\.json:[0-9]+:[0-9]+: [^:]+: expected .+[,;] found "))
          << change.at("what");
    }
  }
}

json with_weights(const json& weights) {
  json content = example_experiment();
  content["contestants"][4] = {
      {"id", "given"}, {"kind", "network"}, {"method", "prenet"}, {"weights", weights}};
  return content;
}

TEST(Schema, AgreesWithTheReaderOnGivenWeights) {
  const json good[] = {"a.pth", "a.safetensors", {{"derain", "a-b_c.1.pth"}}};
  for (const auto& weights : good) {
    EXPECT_TRUE(fits_schema(with_weights(weights))) << weights;
    EXPECT_EQ(refusal_of(with_weights(weights).dump(2)), "") << weights;
  }
  const json bad[] = {"a.png",        ".pth",          "a/b.pth",    7,
                      json::object(), {{"derain", 7}}, json::array()};
  for (const auto& weights : bad) {
    EXPECT_FALSE(fits_schema(with_weights(weights))) << weights;
    EXPECT_NE(refusal_of(with_weights(weights).dump(2)), "") << weights;
  }
}

TEST(Schema, AgreesWithTheReaderOnGivenWeightsOfAnArchitecture) {
  const auto with = [](const json& more) {
    json content = example_experiment();
    json given = {{"id", "given"},
                  {"kind", "architecture"},
                  {"architecture", "all-fusion"},
                  {"weights", "a.safetensors"}};
    given.update(more);
    content["contestants"][4] = given;
    return content;
  };
  const json good[] = {json::object(), {{"weights", {{"derain", "a.pth"}}}}};
  for (const auto& more : good) {
    EXPECT_TRUE(fits_schema(with(more))) << more;
    EXPECT_EQ(refusal_of(with(more).dump(2)), "") << more;
  }
  const json bad[] = {{{"architecture", "random"}},
                      {{"train", {{"steps", 5}}}},
                      {{"recipe", "recipes/dncnn_s.json"}},
                      {{"weights", "a.png"}}};
  for (const auto& more : bad) {
    EXPECT_FALSE(fits_schema(with(more))) << more;
    EXPECT_NE(refusal_of(with(more).dump(2)), "") << more;
  }
}

// Names and sizes that only the whole file and the catalogues can tell: schema says yes, reader no.
TEST(Schema, LeavesToTheReaderWhatNeedsTheWholeFile) {
  const json& changes = broken_experiments().at("refused by the reader alone");
  EXPECT_GT(changes.size(), 30U);
  for (const auto& change : changes) {
    const json content = broken_example(change);
    EXPECT_TRUE(fits_schema(content)) << "the schema refuses: " << change.at("what");
    EXPECT_NE(refusal_of(content.dump(2)), "") << "the reader accepts: " << change.at("what");
  }
}

// Every object says which keys it has, and every value is described.
void expect_complete(const json& part, const std::string& where) {
  if (part.contains("properties") && !part.contains("type")) return;  // of a condition
  if (part.contains("properties")) {
    EXPECT_EQ(part.value("additionalProperties", json(true)), json(false)) << where;
    for (const auto& [key, value] : part["properties"].items()) {
      const bool described =
          value.contains("description") || value.contains("$ref") || value.contains("const");
      EXPECT_TRUE(described) << where << "/" << key;
      expect_complete(value, where + "/" + key);
    }
  }
}

TEST(Schema, NamesAndDescribesEveryKey) {
  expect_complete(schema_text(), "");
  for (const auto& [name, definition] : schema_text()["definitions"].items()) {
    expect_complete(definition, name);
  }
}

}  // namespace
}  // namespace bench::runner
