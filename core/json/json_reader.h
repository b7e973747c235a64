#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json_document.h"

namespace bench::core {

/// Inclusive bounds of a number.
struct Range {
  double least;
  double most;
};

/// One value of a JsonDocument, read with a check: each wrong value throws BadInput that says
/// file:line:column, the JSON path, what was expected, what was found, and the nearest right name.
/// The document must outlive it.
class JsonReader {
 public:
  explicit JsonReader(const JsonDocument& document) : JsonReader(document, &document.root, "") {}

  /// Requires an object whose keys are all among `known`.
  void allow_only(const std::vector<std::string>& known) const;

  /// Requires an object whose keys are labels: see label().
  void require_label_keys() const;

  bool is_object() const;
  bool has(const std::string& key) const;
  JsonReader at(const std::string& key) const;                   ///< required
  std::optional<JsonReader> find(const std::string& key) const;  ///< optional
  std::vector<JsonReader> elements() const;                      ///< of a list
  /// (key, value) of an object, in the order of their keys.
  std::vector<std::pair<std::string, JsonReader>> members() const;

  std::string text() const;  ///< not empty
  std::string text_or_empty() const;
  std::string one_of(const std::vector<std::string>& choices) const;
  std::int64_t integer(Range range) const;
  double number(Range range) const;
  bool boolean() const;
  std::vector<std::int64_t> integers(Range range) const;
  /// A label that is safe as a file name: letters, digits, '.', '_', '-', at most 128.
  std::string label() const;

  /// For checks that need more than this value.
  [[noreturn]] void fail(const std::string& expected, const std::string& advice = "") const;
  [[noreturn]] void fail_unknown(const std::string& what,
                                 const std::vector<std::string>& known) const;

  const std::string& file() const { return document_->file; }
  std::string path() const;   ///< e.g. "tasks[0].degradation.sigma"; the root is "the file"
  std::string place() const;  ///< "x.json:3:7: tasks[0].degradation.sigma", as messages begin

 private:
  JsonReader(const JsonDocument& document, const nlohmann::json* value, std::string pointer)
      : document_(&document), value_(value), pointer_(std::move(pointer)) {}

  std::string found() const;

  const JsonDocument* document_;
  const nlohmann::json* value_;
  std::string pointer_;
};

}  // namespace bench::core
