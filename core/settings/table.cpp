#include "core/settings/table.h"

#include <cmath>

namespace bench::settings {
namespace {

using nlohmann::ordered_json;

/// The shortest text that reads back as the number: "0.0003", not "0.00029999999999999997".
std::string digits(double value) {
  return ordered_json(value).dump();
}

ordered_json json_number(double value) {
  const bool whole = value == std::floor(value) && std::abs(value) < 9e15;
  return whole ? ordered_json(static_cast<std::int64_t>(value)) : ordered_json(value);
}

std::string range_words(Range range) {
  const std::string least = json_number(range.least).dump();
  if (std::isinf(range.most)) return "at least " + least;
  return least + " to " + json_number(range.most).dump();
}

void set_range(ordered_json& schema, Range range) {
  schema["minimum"] = json_number(range.least);
  if (!std::isinf(range.most)) schema["maximum"] = json_number(range.most);
}

/// As documents write a default: texts bare, lists with spaces, numbers as short as can be.
std::string default_words(const nlohmann::json& value) {
  if (value.is_null() || value == "" || value.is_object()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) {
    const double number = value.get<double>();
    return number == std::floor(number) ? json_number(number).dump() : digits(number);
  }
  if (!value.is_array()) return value.dump();
  std::string words;
  for (const auto& element : value) words += (words.empty() ? "" : ", ") + element.dump();
  return words.empty() ? "none" : "[" + words + "]";
}

}  // namespace

ordered_json reference(const std::string& definition) {
  return {{"$ref", "#/definitions/" + definition}};
}

Row whole_row(Range range) {
  Row row;
  row.values = range_words(range);
  row.schema["type"] = "integer";
  set_range(row.schema, range);
  return row;
}

Row number_row(Range range) {
  Row row = whole_row(range);
  row.schema["type"] = "number";
  return row;
}

Row share_row() {
  Row row;
  row.values = "0 to less than 1";
  row.schema = {{"type", "number"}, {"minimum", 0}, {"exclusiveMaximum", 1}};
  return row;
}

Row flag_row() {
  Row row;
  row.values = "true, false";
  row.schema["type"] = "boolean";
  return row;
}

Row choice_row(const std::vector<std::string>& names) {
  Row row;
  for (const auto& name : names) row.values += (row.values.empty() ? "`" : ", `") + name + "`";
  row.schema = {{"type", "string"}, {"enum", names}};
  return row;
}

Row label_row() {
  Row row;
  row.values = "a name";
  row.schema = reference("label");
  return row;
}

Row text_row() {
  Row row;
  row.values = "a text";
  row.schema = {{"type", "string"}, {"minLength", 1}};
  return row;
}

Row list_row(Range count, Range each) {
  Row row;
  row.values = "a list of whole numbers, " + range_words(each);
  row.schema["type"] = "array";
  if (count.least > 0) row.schema["minItems"] = json_number(count.least);
  if (!std::isinf(count.most)) row.schema["maxItems"] = json_number(count.most);
  ordered_json items = {{"type", "integer"}};
  set_range(items, each);
  row.schema["items"] = items;
  return row;
}

void describe(Row& row, std::string_view key, std::string_view sentence, const Also& also,
              const nlohmann::json& default_value) {
  row.key = key;
  row.sentence = sentence;
  row.unit = also.unit;
  row.later = also.later;
  row.required = also.required;
  row.otherwise = also.required         ? "required"
                  : also.absent.empty() ? default_words(default_value)
                                        : std::string(also.absent);
}

ordered_json schema_of(const std::vector<const Row*>& rows, const std::string& what) {
  ordered_json properties = ordered_json::object(), required = ordered_json::array();
  for (const auto* row : rows) {
    std::string description = row->sentence;
    if (!row->unit.empty()) description += " Unit: " + row->unit + ".";
    if (row->otherwise == "required once") {
      description += " Required in one of the blocks that are merged.";
    } else if (!row->otherwise.empty() && !row->required) {
      description += " Default: " + row->otherwise + ".";
    }
    ordered_json property = {{"description", description}};
    // Draft 7 reads nothing beside a reference.
    if (row->schema.contains("$ref")) {
      property["allOf"] = ordered_json::array({row->schema});
    } else {
      property.update(row->schema);
    }
    properties[row->key] = property;
    if (row->required) required.push_back(row->key);
  }
  ordered_json schema = {
      {"description", what}, {"type", "object"}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  schema["properties"] = properties;
  return schema;
}

std::string markdown_of(const std::vector<const Row*>& rows) {
  std::string text = "| key | values | default | meaning |\n|---|---|---|---|\n";
  for (const auto* row : rows) {
    const bool word = row->schema.contains("enum") &&
                      row->values.find("`" + row->otherwise + "`") != std::string::npos;
    text += "| `" + row->key + "` | " + row->values + (row->unit.empty() ? "" : " " + row->unit) +
            " | " + (word ? "`" + row->otherwise + "`" : row->otherwise) + " | " + row->sentence +
            " |\n";
  }
  return text;
}

std::string text_of(const Row& row) {
  std::string values;
  for (const char letter : row.values) {
    if (letter != '`') values += letter;
  }
  std::string text = row.key + "\n  " + row.sentence + "\n  values: " + values +
                     (row.unit.empty() ? "" : " " + row.unit) + "\n";
  if (!row.otherwise.empty()) text += "  default: " + row.otherwise + "\n";
  return text;
}

}  // namespace bench::settings
