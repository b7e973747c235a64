#include "core/json/json_document.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/json/bad_input.h"
#include "core/json/json_places.h"

namespace bench::core {
namespace {

std::vector<std::size_t> line_starts_of(std::string_view text) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  return starts;
}

std::string place(const JsonDocument& document, std::size_t offset) {
  const auto& starts = document.line_starts;
  const auto line = std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin();
  const auto column = offset - starts[static_cast<std::size_t>(line) - 1] + 1;
  return document.file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

// As every message begins: where, and which value is being read there.
std::string place_and_path(const JsonDocument& document, std::string_view text,
                           std::size_t offset) {
  const std::string path = path_at(text, offset);
  return place(document, offset) + ": " + (path.empty() ? "" : path + ": ");
}

std::string printable(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end of the file";
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte >= 0x20 && byte < 0x7f) return std::string("'") + text[offset] + "'";
  static constexpr char kDigits[] = "0123456789abcdef";
  return std::string("byte 0x") + kDigits[byte >> 4] + kDigits[byte & 15];
}

// The library's message ends in "... ; expected X" where it knows.
std::string expectation(const std::string& message) {
  const auto expected = message.rfind("expected ");
  if (message.find("ill-formed UTF-8") != std::string::npos) return "UTF-8 text";
  if (expected != std::string::npos) return message.substr(expected + 9);
  return "valid JSON";
}

std::string advice(std::string_view text, std::size_t offset) {
  if (text.empty()) return "; the file is empty";
  if (offset < text.size() && (text[offset] == '}' || text[offset] == ']')) {
    return "; is there a comma before it?";
  }
  if (offset < text.size() && text[offset] == '/') return "; JSON has no comments";
  return "";
}

// The library does not say where the number stands that no double can hold.
std::pair<std::size_t, std::string> first_endless_number(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1 : 0;
    } else if (text[i] == '-' || (text[i] >= '0' && text[i] <= '9')) {
      const auto end = std::min(text.find_first_not_of("+-.0123456789eE", i), text.size());
      const std::string number(text.substr(i, end - i));
      if (std::isinf(std::strtod(number.c_str(), nullptr))) return {i, number};
      i = end - 1;
    }
  }
  return {0, "a larger one"};
}

nlohmann::json parse_or_explain(const JsonDocument& document, std::string_view text) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    // `byte` counts from 1 and names the last byte read.
    const std::size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    throw BadInput(place_and_path(document, text, std::min(offset, text.size())) + "expected " +
                   expectation(error.what()) + ", found " + printable(text, offset) +
                   advice(text, offset));
  } catch (const nlohmann::json::out_of_range&) {
    const auto [offset, number] = first_endless_number(text);
    throw BadInput(place_and_path(document, text, offset) +
                   "expected a number of at most 1.8e308, found " + number);
  }
}

std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> steps(1);
  for (const char letter : path) {
    if (letter == '.') {
      steps.emplace_back();
    } else {
      steps.back().push_back(letter);
    }
  }
  return steps;
}

nlohmann::json& child_of(nlohmann::json& parent, const std::string& step, const std::string& path) {
  const auto fail = [&](const std::string& found) -> BadInput {
    return BadInput("--set " + path + ": expected a path into the experiment file, found " + found);
  };
  if (parent.is_array()) {
    std::size_t index = 0;
    const auto [end, code] = std::from_chars(step.data(), step.data() + step.size(), index);
    if (code != std::errc() || end != step.data() + step.size() || index >= parent.size()) {
      throw fail("\"" + step + "\" in a list of " + std::to_string(parent.size()));
    }
    return parent[index];
  }
  if (!parent.is_object()) throw fail("\"" + step + "\" below a value that has no parts");
  if (!parent.contains(step)) {
    std::vector<std::string> known;
    for (const auto& [key, value] : parent.items()) known.push_back(key);
    throw fail("no \"" + step + "\"" + did_you_mean(step, known));
  }
  return parent[step];
}

// As strict as the file: its values could not come from there otherwise.
nlohmann::json json_or_text(const std::string& path, const std::string& value) {
  if (nlohmann::json::accept(value)) return parse_json_document("--set " + path, value).root;
  nlohmann::json text = value;
  try {
    text.dump();  // the library checks UTF-8 when it writes
  } catch (const nlohmann::json::type_error&) {
    throw BadInput("--set " + path + ": expected UTF-8 text, found other bytes");
  }
  return text;
}

// What stands in the text there is no longer so.
void forget_places(JsonDocument& document, const std::string& pointer) {
  std::erase_if(document.offsets, [&](const auto& entry) {
    std::string_view known = entry.first;
    if (known.starts_with('#')) known.remove_prefix(1);
    return known == pointer || known.starts_with(pointer + "/");
  });
}

}  // namespace

std::string JsonDocument::place_of(std::string pointer) const {
  for (;;) {
    if (const auto set = set_by.find(pointer); set != set_by.end()) return "--set " + set->second;
    const auto found = offsets.find(pointer);
    if (found != offsets.end()) return place(*this, found->second);
    if (pointer.empty()) return file;
    pointer.resize(pointer.rfind('/'));
  }
}

std::string JsonDocument::place_of_key(const std::string& pointer) const {
  const auto found = offsets.find("#" + pointer);
  return found == offsets.end() ? place_of(pointer) : place(*this, found->second);
}

JsonDocument parse_json_document(std::string file, std::string_view text) {
  JsonDocument document{.file = std::move(file), .line_starts = line_starts_of(text)};
  if (text.starts_with("\xEF\xBB\xBF")) {
    throw BadInput(place(document, 0) +
                   ": expected JSON, found a byte order mark; save as UTF-8 without one");
  }
  // The library takes a NUL byte for the end of the text, and what follows would not be read.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    throw BadInput(place_and_path(document, text, nul) +
                   "expected JSON, found byte 0x00. Remove what follows the end of the text");
  }
  if (const auto deep = first_too_deep(text, kDeepestJson)) {
    throw BadInput(place_and_path(document, text, *deep) + "expected at most " +
                   std::to_string(kDeepestJson) + " levels of nesting, found more");
  }
  document.root = parse_or_explain(document, text);
  JsonPlaces places = find_places(text);
  document.offsets = std::move(places.offsets);
  if (places.duplicate) {
    throw BadInput(place_and_path(document, text, places.duplicate->offset) +
                   "expected each key once, found \"" + places.duplicate->key +
                   "\" again; the first is at " + place(document, places.duplicate->first_offset));
  }
  return document;
}

void set_value(JsonDocument& document, const std::string& path, const std::string& value) {
  const auto steps = split_path(path);
  nlohmann::json* target = &document.root;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) target = &child_of(*target, steps[i], path);
  nlohmann::json parsed = json_or_text(path, value);
  // A new key of an object is allowed here: the reader of the experiment knows which ones exist.
  if (target->is_object()) {
    (*target)[steps.back()] = std::move(parsed);
  } else {
    child_of(*target, steps.back(), path) = std::move(parsed);
  }
  std::string pointer;
  for (const auto& step : steps) pointer = pointer_below(pointer, step);
  forget_places(document, pointer);
  document.set_by[pointer] = path;
}

}  // namespace bench::core
