#include "core/json/json_reader.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/json/bad_input.h"
#include "core/json/json_places.h"

namespace bench::core {
namespace {

std::string number_text(double value) {
  std::ostringstream text;
  text.precision(12);
  text << value;
  return text.str();
}

std::string range_text(const char* kind, Range range) {
  if (std::isinf(range.most)) return std::string(kind) + " of at least " + number_text(range.least);
  return std::string(kind) + " from " + number_text(range.least) + " to " + number_text(range.most);
}

const char* const kLabelText = "a name of letters, digits, '.', '_' and '-' (at most 128)";

bool is_label(const std::string& text) {
  if (text.empty() || text.size() > 128 || text == "." || text == "..") return false;
  return std::all_of(text.begin(), text.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' || letter == '-';
  });
}

}  // namespace

std::string JsonReader::path() const {
  if (pointer_.empty()) return "the file";
  std::string path;
  // The value itself tells list elements from keys that look like numbers.
  const nlohmann::json* value = &document_->root;
  for (const auto& step : pointer_steps(pointer_)) {
    if (value->is_array()) {
      path += "[" + step + "]";
      value = &(*value)[std::stoul(step)];
    } else {
      path += (path.empty() ? "" : ".") + step;
      value = &(*value)[step];
    }
  }
  return path;
}

std::string JsonReader::place() const {
  return document_->place_of(pointer_) + ": " + path();
}

std::string JsonReader::found() const {
  constexpr std::size_t kLongestShown = 60;
  std::string text = value_->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() <= kLongestShown) return text;
  std::size_t end = kLongestShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;  // inside a letter
  return text.substr(0, end) + "...";
}

void JsonReader::fail(const std::string& expected, const std::string& advice) const {
  throw BadInput(place() + ": expected " + expected + ", found " + found() + advice);
}

void JsonReader::fail_unknown(const std::string& what,
                              const std::vector<std::string>& known) const {
  const std::string word = value_->is_string() ? value_->get<std::string>() : "";
  fail(what + " (" + listed(known) + ")", did_you_mean(word, known));
}

void JsonReader::allow_only(const std::vector<std::string>& known) const {
  if (!value_->is_object()) fail("an object");
  for (const auto& [key, value] : value_->items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw BadInput(document_->place_of_key(pointer_below(pointer_, key)) + ": " + path() +
                   ": expected one of the keys " + listed(known) + ", found \"" + key + "\"" +
                   did_you_mean(key, known));
  }
}

void JsonReader::require_label_keys() const {
  for (const auto& [key, value] : members()) {
    if (is_label(key)) continue;
    throw BadInput(document_->place_of_key(pointer_below(pointer_, key)) + ": " + path() +
                   ": expected as a key " + kLabelText + ", found \"" + key + "\"");
  }
}

bool JsonReader::is_object() const {
  return value_->is_object();
}

bool JsonReader::has(const std::string& key) const {
  return value_->contains(key);
}

JsonReader JsonReader::at(const std::string& key) const {
  if (!value_->is_object()) fail("an object");
  if (!value_->contains(key)) fail("the key \"" + key + "\"");
  return {*document_, &(*value_)[key], pointer_below(pointer_, key)};
}

std::optional<JsonReader> JsonReader::find(const std::string& key) const {
  if (!has(key)) return std::nullopt;
  return at(key);
}

std::vector<JsonReader> JsonReader::elements() const {
  if (!value_->is_array()) fail("a list");
  std::vector<JsonReader> elements;
  for (std::size_t i = 0; i < value_->size(); ++i) {
    elements.push_back({*document_, &(*value_)[i], pointer_ + "/" + std::to_string(i)});
  }
  return elements;
}

std::vector<std::pair<std::string, JsonReader>> JsonReader::members() const {
  if (!value_->is_object()) fail("an object");
  std::vector<std::pair<std::string, JsonReader>> members;
  for (const auto& [key, value] : value_->items()) members.emplace_back(key, at(key));
  return members;
}

std::string JsonReader::text() const {
  if (!value_->is_string() || value_->get_ref<const std::string&>().empty()) fail("a text");
  return value_->get<std::string>();
}

std::string JsonReader::text_or_empty() const {
  if (!value_->is_string()) fail("a text");
  return value_->get<std::string>();
}

std::string JsonReader::label() const {
  if (!value_->is_string() || !is_label(value_->get<std::string>())) {
    fail(kLabelText);
  }
  return value_->get<std::string>();
}

std::string JsonReader::one_of(const std::vector<std::string>& choices) const {
  if (!value_->is_string() ||
      std::find(choices.begin(), choices.end(), value_->get<std::string>()) == choices.end()) {
    const std::string word = value_->is_string() ? value_->get<std::string>() : "";
    fail(listed(choices), did_you_mean(word, choices));
  }
  return value_->get<std::string>();
}

std::int64_t JsonReader::integer(Range range) const {
  const bool whole =
      value_->is_number_integer() &&
      !(value_->is_number_unsigned() && value_->get<std::uint64_t>() > std::uint64_t{1} << 62);
  if (!whole || static_cast<double>(value_->get<std::int64_t>()) < range.least ||
      static_cast<double>(value_->get<std::int64_t>()) > range.most) {
    fail(range_text("a whole number", range));
  }
  return value_->get<std::int64_t>();
}

double JsonReader::number(Range range) const {
  if (!value_->is_number() || !std::isfinite(value_->get<double>()) ||
      value_->get<double>() < range.least || value_->get<double>() > range.most) {
    fail(range_text("a number", range));
  }
  return value_->get<double>();
}

bool JsonReader::boolean() const {
  if (!value_->is_boolean()) fail("true or false");
  return value_->get<bool>();
}

std::vector<std::int64_t> JsonReader::integers(Range range) const {
  std::vector<std::int64_t> values;
  for (const auto& element : elements()) values.push_back(element.integer(range));
  return values;
}

}  // namespace bench::core
