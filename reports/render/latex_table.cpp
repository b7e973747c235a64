#include <algorithm>
#include <cmath>

#include "core/text/utf8.h"
#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/render/latex.h"
#include "reports/render/markdown.h"

namespace bench::reports {
namespace {

constexpr std::size_t kLine = 92;                  // code points of a line of a table
constexpr double kLinesOfPage = 46;                // that a page holds beside a caption
constexpr std::size_t kLongestUnwrappedText = 24;  // code points of a column that is not wrapped
constexpr std::size_t kLongestHeader = 16;         // of a number column on one line

/// A comment of LaTeX ends with its line, and so must what a name can add to it. Commands are taken
/// out too: somebody may take the sign of a comment away.
std::string comment_text(std::string text) {
  for (char& letter : text) {
    if (static_cast<unsigned char>(letter) < ' ' || letter == '^') letter = ' ';
    if (letter == '\\') letter = '/';
  }
  return text;
}

/// What a column needs in LaTeX, seen from all its cells.
struct Layout {
  bool has_spread = false;  ///< takes two LaTeX columns, "31.23" and "± 0.05"
  bool has_interval = false;
  bool is_wrapped = false;  ///< running text in a box of fixed width
};

Layout layout_of(const Table& table, std::size_t column) {
  Layout layout;
  for (const auto& row : table.rows) {
    if (const auto* number = std::get_if<Number>(&row[column].content)) {
      layout.has_spread |= number->spread.has_value();
      layout.has_interval |= number->interval.has_value();
    } else if (const auto* text = std::get_if<std::string>(&row[column].content)) {
      layout.is_wrapped |= text->size() > kLongestUnwrappedText;
    }
  }
  return layout;
}

std::string note_marks_latex(const Cell& cell) {
  if (cell.notes.empty()) return "";
  std::string letters;
  for (const auto note : cell.notes) letters += (letters.empty() ? "" : ",") + note_letter(note);
  return "\\benchnote{" + letters + "}";
}

std::string marked_latex(const std::string& text, Mark mark) {
  switch (mark) {
    case Mark::kBest:
      return "\\textbf{" + text + "}";
    case Mark::kSecond:
      return "\\underline{" + text + "}";
    default:
      return text;
  }
}

std::string cell_latex(const Cell& cell, const Column& column, const Layout& layout) {
  const std::string span = "\\multicolumn{2}{l}{";
  if (const auto* number = std::get_if<Number>(&cell.content)) {
    const auto text = number_text(*number, column);
    auto value = marked_latex(escape_latex(text.value), cell.mark);
    if (column.is_published) value = "\\benchpublished{" + value + "}";
    // No width: the mark must not move the digits out of their column.
    const auto tail = (cell.mark == Mark::kTied ? "\\benchtied{}" : "") + note_marks_latex(cell);
    return layout.has_spread ? value + " & " + escape_latex(text.spread) + tail : value + tail;
  }
  auto text = escape_latex(people_text(cell, column));
  if (std::holds_alternative<Missing>(cell.content)) text = "\\textit{" + text + "}";
  if (column.is_code) text = "\\texttt{" + text + "}";
  text += note_marks_latex(cell);
  return layout.has_spread ? span + text + "}" : text;
}

/// The second line of a row: its intervals, small. "" if it has none.
std::string interval_line(const std::vector<Cell>& row, const Table& table,
                          const std::vector<Layout>& layouts) {
  std::string line;
  bool any = false;
  for (std::size_t column = 0; column < row.size(); ++column) {
    std::string interval;
    if (const auto* number = std::get_if<Number>(&row[column].content)) {
      interval = number_text(*number, table.columns[column]).interval;
    }
    any |= !interval.empty();
    if (column > 0) line += " & ";
    const auto small = interval.empty() ? "" : "\\benchinterval{" + escape_latex(interval) + "}";
    line += layouts[column].has_spread ? "\\multicolumn{2}{l}{" + small + "}" : small;
  }
  return any ? line + " \\\\\n\\addlinespace[2pt]\n" : "";
}

/// Code points of the widest cell of a column.
std::size_t width_of(const Table& table, std::size_t column, const Layout& layout) {
  const auto& facts = table.columns[column];
  std::size_t widest = text::code_point_count(facts.header);
  if (!facts.is_text) widest = std::min(widest, kLongestHeader);
  for (const auto& row : table.rows) {
    widest = std::max(widest, text::code_point_count(people_text(row[column], facts)));
  }
  // The interval of a number stands on a line of its own, and letters of code are wide.
  if (layout.has_interval) return std::min<std::size_t>(widest, 18);
  return facts.is_code ? widest + widest / 4 : widest;
}

/// Code points of the columns that are not wrapped, with the gaps between all.
std::size_t unwrapped_width(const Table& table, const std::vector<Layout>& layouts) {
  constexpr std::size_t kGap = 2;
  std::size_t sum = 0;
  for (std::size_t column = 0; column < layouts.size(); ++column) {
    sum += kGap + (layouts[column].is_wrapped ? 0 : width_of(table, column, layouts[column]));
  }
  return sum;
}

std::vector<Layout> layouts_of(const Table& table) {
  std::vector<Layout> layouts;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    layouts.push_back(layout_of(table, column));
  }
  auto unwrapped = layouts;
  for (auto& layout : unwrapped) layout.is_wrapped = false;
  return unwrapped_width(table, unwrapped) <= kLine ? unwrapped : layouts;
}

std::size_t wrapped_count(const std::vector<Layout>& layouts) {
  return static_cast<std::size_t>(std::count_if(layouts.begin(), layouts.end(),
                                                [](const auto& one) { return one.is_wrapped; }));
}

/// Running text has no room left beside the other columns: its boxes get a width of their own, and
/// the whole table is made smaller.
bool is_crowded(const Table& table, const std::vector<Layout>& layouts) {
  constexpr std::size_t kBox = 18;  // code points of a readable box
  const auto wrapped = wrapped_count(layouts);
  return wrapped > 0 && unwrapped_width(table, layouts) + wrapped * kBox > kLine;
}

/// Shares of the wrapped columns in their width: long texts get more, and none next to nothing.
std::vector<double> shares_of(const Table& table, const std::vector<Layout>& layouts) {
  std::vector<double> shares;
  double sum = 0;
  for (std::size_t column = 0; column < layouts.size(); ++column) {
    const auto width = static_cast<double>(width_of(table, column, layouts[column]));
    shares.push_back(layouts[column].is_wrapped ? std::sqrt(width) : 0);
    sum += shares.back();
  }
  for (double& share : shares) share *= static_cast<double>(wrapped_count(layouts)) / sum;
  return shares;
}

/// Lines that the table takes at the size of floats, roughly.
double lines_of(const Table& table, const std::vector<Layout>& layouts) {
  constexpr double kIntervalLine = 0.9, kNoteLine = 1.2;
  const auto wrapped = static_cast<double>(std::max<std::size_t>(wrapped_count(layouts), 1));
  const double rest =
      static_cast<double>(kLine) - static_cast<double>(unwrapped_width(table, layouts));
  const double box = std::max(rest / wrapped, 16.0);
  const auto shares = shares_of(table, layouts);
  double lines = 0;
  for (const auto& row : table.rows) {
    double highest = 1;
    bool has_interval = false;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const auto* number = std::get_if<Number>(&row[column].content);
      has_interval |= number != nullptr && number->interval.has_value();
      if (!layouts[column].is_wrapped) continue;
      const auto length = text::code_point_count(people_text(row[column], table.columns[column]));
      highest = std::max(highest, std::ceil(static_cast<double>(length) / (box * shares[column])));
    }
    lines += highest + (has_interval ? kIntervalLine : 0);
  }
  for (const auto& note : table.notes) {
    lines += kNoteLine * std::ceil(static_cast<double>(note.size()) / (1.2 * kLine));
  }
  return lines;
}

/// \param box  the width of a wrapped column, e.g. "2.7cm"; "" shares out the width of the line
std::string column_specification(const Table& table, const std::vector<Layout>& layouts,
                                 const std::string& box = "") {
  const auto shares = shares_of(table, layouts);
  std::string specification = "@{}";
  for (std::size_t column = 0; column < layouts.size(); ++column) {
    if (layouts[column].is_wrapped) {
      const auto share = rounded(shares[column], 3) + "\\hsize";
      specification += box.empty() ? ">{\\hsize=" + share + "\\linewidth=\\hsize\\benchragged}X"
                                   : ">{\\benchragged}p{" + box + "}";
    } else if (layouts[column].has_spread) {
      specification += "r@{\\,}l";
    } else {
      specification += table.columns[column].is_text ? "l" : "r";
    }
  }
  return specification + "@{}";
}

std::string header_lines(const Table& table, const std::vector<Layout>& layouts) {
  std::string headers, details;
  bool any_detail = false;
  for (std::size_t column = 0; column < layouts.size(); ++column) {
    const auto& facts = table.columns[column];
    const std::string span =
        layouts[column].has_spread ? "\\multicolumn{2}{l}{" : "\\multicolumn{1}{r}{";
    const auto place = [&](const std::string& text) {
      return facts.is_text ? text : span + text + "}";
    };
    if (column > 0) {
      headers += " & ";
      details += " & ";
    }
    const auto header = escape_latex(facts.header);
    const bool is_long = !facts.is_text && text::code_point_count(facts.header) > kLongestHeader;
    const std::string head = layouts[column].has_spread ? "\\benchheadleft{" : "\\benchhead{";
    headers += place(is_long ? head + header + "}" : header);
    any_detail |= !facts.detail.empty();
    details +=
        place(facts.detail.empty() ? "" : "\\benchdetail{" + escape_latex(facts.detail) + "}");
  }
  return headers + " \\\\\n" + (any_detail ? details + " \\\\\n" : "");
}

std::string body_lines(const Table& table, const std::vector<Layout>& layouts) {
  std::string lines;
  const std::size_t shown = std::min(table.rows.size(), kLongestPrintedTable);
  for (std::size_t row = 0; row < shown; ++row) {
    for (std::size_t column = 0; column < layouts.size(); ++column) {
      if (column > 0) lines += " & ";
      lines += cell_latex(table.rows[row][column], table.columns[column], layouts[column]);
    }
    const auto intervals = interval_line(table.rows[row], table, layouts);
    lines += (intervals.empty() ? " \\\\\n" : " \\\\[-2pt]\n") + intervals;
  }
  return lines;
}

std::string caption_latex(const Table& table) {
  return "\\textbf{" + escape_latex(table.title) + ".} " + escape_latex(table.caption);
}

std::string notes_latex(const Table& table) {
  std::string notes;
  for (std::size_t i = 0; i < table.notes.size(); ++i) {
    notes += "\\benchnoteline{" + note_letter(i) + "}{" + escape_latex(table.notes[i]) + "}\n";
  }
  for (const auto& remark : table.remarks) {
    notes += "\\benchnoteline{}{" + escape_latex(remark) + "}\n";
  }
  if (table.rows.size() > kLongestPrintedTable) {
    notes += "\\benchnoteline{}{" + std::to_string(table.rows.size() - kLongestPrintedTable) +
             " more rows are in tables/" + escape_latex(table.id) + ".csv.}\n";
  }
  return notes;
}

std::string long_table(const Table& table, const std::vector<Layout>& layouts) {
  const std::string header = "\\toprule\n" + header_lines(table, layouts) + "\\midrule\n";
  // xltabular is a longtable whose X columns share the width of the line.
  const bool is_wrapped = wrapped_count(layouts) > 0;
  const std::string name = is_wrapped ? "xltabular" : "longtable";
  const std::string size = is_crowded(table, layouts) ? "\\benchcrowdedtext" : "\\benchlongtext";
  return "{" + size + "\n\\begin{" + name + "}" + (is_wrapped ? "{\\linewidth}{" : "{") +
         column_specification(table, layouts) + "}\n\\caption{" + caption_latex(table) +
         "}\\label{tab:" + table.id + "}\\\\\n" + header + "\\endfirsthead\n" + header +
         "\\endhead\n\\bottomrule\n\\endfoot\n" + body_lines(table, layouts) + "\\end{" + name +
         "}\n" + notes_latex(table) + "}\n";
}

std::string tabular(const Table& table, const std::vector<Layout>& layouts) {
  const bool crowded = is_crowded(table, layouts);
  const std::string content = column_specification(table, layouts, crowded ? "3.4cm" : "") +
                              "}\n\\toprule\n" + header_lines(table, layouts) + "\\midrule\n" +
                              body_lines(table, layouts) + "\\bottomrule\n";
  if (wrapped_count(layouts) > 0 && !crowded) {
    return "\\small\n\\begin{tabularx}{\\linewidth}{" + content + "\\end{tabularx}\n";
  }
  return "\\small\n\\begin{adjustbox}{max width=\\linewidth}\n\\begin{tabular}{" + content +
         "\\end{tabular}\n\\end{adjustbox}\n";
}

/// Where the numbers are from, as comments: they go along when a table is copied into a paper.
std::string provenance_comments(const Table& table) {
  if (table.source.empty() || table.trail.empty()) return "";
  std::string comments = "% " + comment_text(table.source) + "\n";
  for (const auto& line : table.trail) comments += "%   " + comment_text(line) + "\n";
  return comments;
}

}  // namespace

std::string to_latex(const Table& table) {
  const auto layouts = layouts_of(table);
  const std::string provenance = provenance_comments(table);
  if (lines_of(table, layouts) > kLinesOfPage) return provenance + long_table(table, layouts);
  return provenance + "\\begin{table}\n\\centering\n\\caption{" + caption_latex(table) +
         "}\\label{tab:" + table.id + "}\n" + tabular(table, layouts) + notes_latex(table) +
         "\\end{table}\n";
}

}  // namespace bench::reports
