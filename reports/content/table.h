#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The one model of a table. Renderers only write it down; they agree cell by cell.
namespace bench::reports {

struct Interval {
  double low;
  double high;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// A number with what belongs to it. Held in full precision; rounded by `number_text` only.
struct Number {
  double value = 0;                ///< a mean where n_seeds > 1; may be infinite
  std::optional<double> spread{};  ///< sample deviation over seeds; absent for one seed
  /// 95 %: t interval over seeds; for one seed absent, or of a time's median over repetitions
  std::optional<Interval> interval{};
  std::int64_t n_images = 0;      ///< 0 where there are none
  std::int64_t n_seeds = 0;       ///< 0 where there are none
  std::int64_t infinite = 0;      ///< infinite per-image values, left out of `value` if finite
  std::optional<int> decimals{};  ///< for people, where they are not the column's: as printed

  friend bool operator==(const Number&, const Number&) = default;
};

/// A cell with no number. The reason is in a footnote of the cell.
struct Missing {
  std::string state{};  ///< "failed", "lost", "skipped", "interrupted", "not run", "not recorded"

  friend bool operator==(const Missing&, const Missing&) = default;
};

/// What a paired test supports, and nothing else.
enum class Mark {
  kNone,
  kBest,    ///< better than every other, corrected for all pairs: bold
  kSecond,  ///< and better than every one behind it: underlined
  kTied     ///< not significantly different from the best
};

struct Cell {
  std::variant<std::string, Number, Missing> content{};
  Mark mark = Mark::kNone;
  std::vector<std::size_t> notes{};  ///< indices into Table::notes
  std::string link{};                ///< id of the row (RowAnchor) that proves it, "" if none
};

/// A cell with words; "none" where there are none.
Cell text_cell(const std::string& text);

/// A cell with a bare number.
Cell number_cell(double value);

struct Column {
  std::string header{};
  std::string detail{};       ///< small print below it: unit, "12 images × 3 seeds"
  std::string unit{};         ///< of the stored values: "dB", "s", "byte", "" for none
  double scale = 1;           ///< people read value / scale; `detail` says so
  int decimals = 2;           ///< for people
  bool is_text = true;        ///< else numbers, aligned at the point
  bool is_code = false;       ///< text in a fixed pitch: architectures, keys, commands
  bool is_published = false;  ///< numbers of others, in another color
};

struct Table {
  std::string id{};                        ///< unique in a document; a slug
  std::string title{};                     ///< a few words
  std::string caption{};                   ///< what the numbers are, in a sentence
  std::vector<Column> columns{};           ///< the first one names the row
  std::vector<std::vector<Cell>> rows{};   ///< each with one cell for each column
  std::vector<std::string> row_anchors{};  ///< empty, or one id for each row
  std::vector<std::string> notes{};
  std::vector<std::string> remarks{};  ///< what could not be done, a sentence each, below it
  std::string source{};                ///< run and command of its numbers; "" if it has none
  std::vector<std::string> trail{};    ///< seeds and stages of each number, a line each
  bool is_appendix = false;            ///< long lists: folded in HTML, cut short on paper
};

/// \throws std::logic_error naming the table and the row, unless it is rectangular, its notes
/// exist, and no cell is an empty text.
void require_whole(const Table& table);

/// "a", "b" ... "z", "aa" ...: how a footnote is called in all outputs.
std::string note_letter(std::size_t index);

/// The index of `note` in the table, added if it is not there yet.
std::size_t note_index(Table& table, const std::string& note);

}  // namespace bench::reports
