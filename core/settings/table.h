#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json_reader.h"
#include "core/text/choices.h"

/// A block of settings is described once, by a table with a row an option: key, member, range or
/// choices, default, one sentence. From it come the reader of files with its messages, the
/// canonical JSON that is hashed and stored, its parser, the JSON Schema and the tables of
/// documents. So an option cannot be read and not written, or documented with another default.
namespace bench::settings {

using core::Range;

/// What a row says beside its value; each part may be left out.
struct Also {
  std::string_view unit = "";    ///< e.g. "pixels"
  std::string_view absent = "";  ///< words for the default, where its value does not say it
  /// It came after results were on record: canonical JSON has it only where it differs from its
  /// default, so that their keys stay what they were.
  bool later = false;
  bool required = false;  ///< in every block of its kind
  /// Of an enum: only these of its names, in this order.
  std::vector<std::string> choices = {};
};

/// A row without the member: what documents need.
struct Row {
  std::string key;
  std::string sentence;
  std::string unit;
  std::string values;             ///< "1 to 4", "`adam`, `sgd`"
  std::string otherwise;          ///< the default as a document has it; "" if there is none
  nlohmann::ordered_json schema;  ///< type, with range or choices
  bool later = false;
  bool required = false;
};

/// A reference to another definition of the schema, e.g. of a block in a block.
nlohmann::ordered_json reference(const std::string& definition);

/// What the kinds of values say of themselves.
Row whole_row(Range range);
Row number_row(Range range);
Row share_row();
Row flag_row();
Row choice_row(const std::vector<std::string>& names);
Row label_row();
Row text_row();
Row list_row(Range count, Range each);
void describe(Row& row, std::string_view key, std::string_view sentence, const Also& also,
              const nlohmann::json& default_value);

/// \param what  names the block in a sentence, e.g. "CLEARER's search space."
nlohmann::ordered_json schema_of(const std::vector<const Row*>& rows, const std::string& what);
/// A table of four columns: key, values, default, meaning.
std::string markdown_of(const std::vector<const Row*>& rows);
/// One option for a terminal.
std::string text_of(const Row& row);

/// A member of a member: in(&Recipe::schedule, &Schedule::power).
template <typename Outer, typename Inner, typename Value>
auto in(Inner Outer::*outer, Value Inner::*member) {
  return [=](auto& block) -> auto& {
    return (block.*outer).*member;
  };
}

/// The table of a block. Built once, by calls in the order of the documents.
template <typename Block>
class Table {
 public:
  struct Option : Row {
    std::function<void(Block&, const core::JsonReader&)> read;  ///< \throws core::BadInput
    std::function<nlohmann::json(const Block&)> write;          ///< none: only documented
    std::function<void(Block&, const nlohmann::json&)> parse;
  };

  Table(std::string name, std::string what) : name_(std::move(name)), what_(std::move(what)) {}

  /// An integer, or an enum that files name by its number.
  template <typename Get>
  Table& whole(const char* key, Get get, Range range, const char* sentence, const Also& also = {}) {
    using Value = Member<Get>;
    return add(whole_row(range), key, sentence, also,
               {.read =
                    [=](Block& block, const core::JsonReader& value) {
                      std::invoke(get, block) = static_cast<Value>(value.integer(range));
                    },
                .write = [=](const Block& block) -> nlohmann::json {
                  return static_cast<std::int64_t>(std::invoke(get, block));
                },
                .parse =
                    [=](Block& block, const nlohmann::json& value) {
                      std::invoke(get, block) = static_cast<Value>(value.get<std::int64_t>());
                    }});
  }

  template <typename Get>
  Table& number(const char* key, Get get, Range range, const char* sentence,
                const Also& also = {}) {
    return plain(number_row(range), key, get, sentence, also,
                 [range](const core::JsonReader& value) { return value.number(range); });
  }

  /// A number from 0 to less than 1.
  template <typename Get>
  Table& share(const char* key, Get get, const char* sentence, const Also& also = {}) {
    return plain(share_row(), key, get, sentence, also, [](const core::JsonReader& value) {
      const double read = value.number({0, 1});
      if (read == 1) value.fail("a number of at least 0 and less than 1");
      return read;
    });
  }

  template <typename Get>
  Table& flag(const char* key, Get get, const char* sentence, const Also& also = {}) {
    return plain(flag_row(), key, get, sentence, also,
                 [](const core::JsonReader& value) { return value.boolean(); });
  }

  /// An enum with `choices_of`.
  template <typename Get>
  Table& choice(const char* key, Get get, const char* sentence, const Also& also = {}) {
    using Value = Member<Get>;
    const auto names = also.choices.empty() ? text::names_of<Value>() : also.choices;
    return add(choice_row(names), key, sentence, also,
               {.read =
                    [=](Block& block, const core::JsonReader& value) {
                      std::invoke(get, block) = *text::value_of<Value>(value.one_of(names));
                    },
                .write = [=](const Block& block) -> nlohmann::json {
                  return text::name_of(std::invoke(get, block));
                },
                .parse =
                    [=, key = std::string(key)](Block& block, const nlohmann::json& value) {
                      const auto known = text::value_of<Value>(value.get<std::string>());
                      if (!known) throw std::runtime_error(unknown_choice(key, value));
                      std::invoke(get, block) = *known;
                    }});
  }

  /// A text of these.
  template <typename Get>
  Table& word(const char* key, Get get, std::vector<std::string> names, const char* sentence,
              const Also& also = {}) {
    return plain(choice_row(names), key, get, sentence, also,
                 [names](const core::JsonReader& value) { return value.one_of(names); });
  }

  /// A name that is safe as that of a file.
  template <typename Get>
  Table& label(const char* key, Get get, const char* sentence, const Also& also = {}) {
    return plain(label_row(), key, get, sentence, also,
                 [](const core::JsonReader& value) { return value.label(); });
  }

  template <typename Get>
  Table& text(const char* key, Get get, const char* sentence, const Also& also = {}) {
    return plain(text_row(), key, get, sentence, also,
                 [](const core::JsonReader& value) { return value.text(); });
  }

  /// Whole numbers, so many of them.
  template <typename Get>
  Table& list(const char* key, Get get, Range count, Range each, const char* sentence,
              const char* expected, const Also& also = {}) {
    return plain(list_row(count, each), key, get, sentence, also,
                 [=](const core::JsonReader& value) {
                   auto read = value.integers(each);
                   const auto size = static_cast<double>(read.size());
                   if (size < count.least || size > count.most) value.fail(expected);
                   return read;
                 });
  }

  /// A block in this block, read on top of what it holds. `inner` must outlive this table.
  template <typename Get, typename Inner>
  Table& block(const char* key, Get get, const Table<Inner>& inner, const char* sentence,
               const Also& also = {}) {
    Row row;
    row.schema = reference(inner.name());
    row.values = "a `" + inner.name() + "` block";
    return add(row, key, sentence, also,
               {.read =
                    [=, &inner](Block& block, const core::JsonReader& value) {
                      inner.read(value, std::invoke(get, block));
                    },
                .write = [=, &inner](const Block& block) -> nlohmann::json {
                  return inner.write(std::invoke(get, block));
                },
                .parse =
                    [=, &inner](Block& block, const nlohmann::json& value) {
                      std::invoke(get, block) = inner.parse(value);
                    }});
  }

  /// A key that somebody else reads: it is documented and allowed here.
  Table& other(const char* key, nlohmann::ordered_json schema, const char* values,
               const char* sentence, const Also& also = {}) {
    Row row;
    row.schema = std::move(schema);
    row.values = values;
    return add(row, key, sentence, also, {});
  }

  const std::string& name() const { return name_; }
  const std::vector<Option>& options() const { return options_; }

  std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    for (const auto& option : options_) keys.push_back(option.key);
    return keys;
  }

  /// Takes what `value` says into `block` and leaves the rest.
  /// \param more  further keys that it may have; they are not read
  /// \throws core::BadInput
  void read(const core::JsonReader& value, Block& block,
            const std::vector<std::string>& more = {}) const {
    auto known = keys();
    known.insert(known.end(), more.begin(), more.end());
    value.allow_only(known);
    for (const auto& option : options_) {
      const auto found = value.find(option.key);
      if (found && option.read) option.read(block, *found);
      if (!found && option.required) value.at(option.key);
    }
  }

  /// Canonical JSON.
  nlohmann::json write(const Block& block) const {
    static const Block defaults{};
    nlohmann::json written = nlohmann::json::object();
    for (const auto& option : options_) {
      if (!option.write) continue;
      auto value = option.write(block);
      if (option.later && value == option.write(defaults)) continue;
      written[option.key] = std::move(value);
    }
    return written;
  }

  /// Inverse of `write`. \throws nlohmann::json::exception or std::runtime_error naming the key
  Block parse(const nlohmann::json& written) const {
    Block block{};
    for (const auto& option : options_) {
      if (!option.parse || (option.later && !written.contains(option.key))) continue;
      option.parse(block, written.at(option.key));
    }
    return block;
  }

  nlohmann::ordered_json schema() const { return schema_of(rows(), what_); }
  std::string markdown() const { return markdown_of(rows()); }
  const std::string& what() const { return what_; }

  std::vector<const Row*> rows() const {
    std::vector<const Row*> rows;
    for (const auto& option : options_) rows.push_back(&option);
    return rows;
  }

 private:
  template <typename Get>
  using Member = std::decay_t<std::invoke_result_t<Get, Block&>>;

  struct Access {
    std::function<void(Block&, const core::JsonReader&)> read;
    std::function<nlohmann::json(const Block&)> write;
    std::function<void(Block&, const nlohmann::json&)> parse;
  };

  static std::string unknown_choice(const std::string& key, const nlohmann::json& value) {
    return "unknown " + key + " " + value.dump();
  }

  Table& add(const Row& row, const char* key, const char* sentence, const Also& also,
             Access access) {
    Option option{row, std::move(access.read), std::move(access.write), std::move(access.parse)};
    describe(option, key, sentence, also, option.write ? option.write(Block{}) : nlohmann::json());
    options_.push_back(std::move(option));
    return *this;
  }

  /// A member of a type that JSON has.
  template <typename Get, typename Read>
  Table& plain(const Row& row, const char* key, Get get, const char* sentence, const Also& also,
               Read read) {
    return add(
        row, key, sentence, also,
        {.read = [=](Block& block,
                     const core::JsonReader& value) { std::invoke(get, block) = read(value); },
         .write = [=](const Block& block) -> nlohmann::json { return std::invoke(get, block); },
         .parse = [=](Block& block,
                      const nlohmann::json& value) { value.get_to(std::invoke(get, block)); }});
  }

  std::string name_, what_;
  std::vector<Option> options_;
};

}  // namespace bench::settings
