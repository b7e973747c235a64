#include "reports/render/paper_table.h"

#include <algorithm>
#include <array>

#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/render/markdown.h"

namespace bench::reports {
namespace {

/// How one language writes what a cell consists of.
struct Language {
  std::string (*escape)(std::string_view);
  std::string bold, underlined, raised, closing;  ///< what opens, and what closes all of them
};

std::string typst_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\#$*_[]<>@`~=-+/'\"";
  std::string escaped;
  for (const char letter : plain_line(text)) {
    if (kSpecial.find(letter) != std::string_view::npos) escaped += '\\';
    escaped += letter;
  }
  return escaped;
}

const Language& latex() {
  static const Language language{escape_latex, "\\textbf{", "\\underline{", "\\textsuperscript{",
                                 "}"};
  return language;
}

const Language& typst() {
  static const Language language{typst_text, "#strong[", "#underline[", "#super[", "]"};
  return language;
}

std::string marked(const Language& language, const std::string& text, Mark mark) {
  if (mark == Mark::kBest) return language.bold + text + language.closing;
  if (mark == Mark::kSecond) return language.underlined + text + language.closing;
  return text;
}

/// What stands behind the value: spread, interval, the sign of a tie and letters of notes.
std::string tail_of(const Language& language, const Cell& cell, const NumberText& text,
                    const PaperOptions& options) {
  std::string tail;
  if (!text.spread.empty()) tail += " " + language.escape(text.spread);
  if (options.with_intervals && !text.interval.empty()) {
    tail += " " + language.escape(text.interval);
  }
  std::string raised = cell.mark == Mark::kTied ? "≈" : "";
  for (const auto note : cell.notes) raised += (raised.empty() ? "" : ",") + note_letter(note);
  if (raised.empty()) return tail;
  return tail + language.raised + language.escape(raised) + language.closing;
}

NumberText parts_of(const Cell& cell, const Column& column) {
  if (const auto* number = std::get_if<Number>(&cell.content)) return number_text(*number, column);
  return {.value = people_text(cell, column), .spread = "", .interval = ""};
}

std::string cell_text(const Language& language, const Cell& cell, const Column& column,
                      const PaperOptions& options) {
  const auto text = parts_of(cell, column);
  return marked(language, language.escape(text.value), cell.mark) +
         tail_of(language, cell, text, options);
}

/// Two LaTeX columns: the value for siunitx, and what stands behind it. Only plain decimals are
/// handed to siunitx.
std::string siunitx_cell(const Cell& cell, const Column& column, const PaperOptions& options) {
  const auto text = parts_of(cell, column);
  const bool is_decimal = text.value.find_first_not_of("0123456789.-") == std::string::npos;
  std::string value;
  if (!is_decimal) {
    value = "{" + marked(latex(), escape_latex(text.value), cell.mark) + "}";
  } else if (cell.mark == Mark::kSecond) {
    value = "{\\underline{" + text.value + "}}";
  } else {
    value = (cell.mark == Mark::kBest ? "\\bfseries " : "") + text.value;
  }
  return value + " & " + tail_of(latex(), cell, text, options);
}

/// "2.2": digits before and after the point of the longest number.
std::string siunitx_format(const Table& table, std::size_t column) {
  std::size_t whole = 1, decimals = 0;
  for (const auto& row : table.rows) {
    const auto text = parts_of(row[column], table.columns[column]).value;
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string::npos) continue;
    const auto point = text.find('.');
    whole = std::max(whole, std::min(point, text.size()));
    if (point != std::string::npos) decimals = std::max(decimals, text.size() - point - 1);
  }
  return std::to_string(whole) + "." + std::to_string(decimals);
}

std::string column_kinds(const Table& table, PaperForm form) {
  std::string kinds;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].is_text) {
      kinds += "l";
    } else if (form == PaperForm::kSiunitx) {
      kinds += "S[table-format=" + siunitx_format(table, i) + "]@{}l";
    } else {
      kinds += "r";
    }
  }
  return kinds;
}

/// Names, and below them units and numbers of images and seeds.
std::string header_latex(const Table& table, PaperForm form) {
  std::string names, details;
  bool any_detail = false;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    const bool is_pair = form == PaperForm::kSiunitx && !column.is_text;
    const auto spanned = [&](const std::string& text) {
      return (i == 0 ? "" : " & ") + (is_pair ? "\\multicolumn{2}{c}{" + text + "}" : text);
    };
    names += spanned(escape_latex(column.header));
    any_detail |= !column.detail.empty();
    details += spanned(
        column.detail.empty() ? "" : "{\\footnotesize " + escape_latex(column.detail) + "}");
  }
  return names + " \\\\\n" + (any_detail ? details + " \\\\\n" : "");
}

/// Quotation marks and some letters are commands that only the encoding T1 has.
bool needs_t1(const std::string& latex) {
  constexpr std::array<std::string_view, 7> kCommands = {
      "\\textquotedbl", "\\guillemot", "\\DH", "\\dh", "\\TH", "\\th}", "\\k "};
  return std::ranges::any_of(kCommands, [&](std::string_view command) {
    return latex.find(command) != std::string::npos;
  });
}

std::string latex_table(const Table& table, const PaperOptions& options) {
  const bool aligned = options.form == PaperForm::kSiunitx;
  std::string text = "\\begin{table}\n\\centering\n\\caption{" + escape_latex(table.caption) +
                     "}\n\\label{tab:" + table.id + "}\n\\begin{tabular}{" +
                     column_kinds(table, options.form) + "}\n\\toprule\n" +
                     header_latex(table, options.form) + "\\midrule\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto& column = table.columns[i];
      text += i == 0 ? "" : " & ";
      text += aligned && !column.is_text ? siunitx_cell(row[i], column, options)
                                         : cell_text(latex(), row[i], column, options);
    }
    text += " \\\\\n";
  }
  text += "\\bottomrule\n\\end{tabular}\n";
  for (std::size_t i = 0; i < table.notes.size(); ++i) {
    text += "\\par\\smallskip{\\footnotesize\\textsuperscript{" + note_letter(i) + "} " +
            escape_latex(table.notes[i]) + "\\par}\n";
  }
  return std::string("% ") + (needs_t1(text) ? "\\usepackage[T1]{fontenc}" : "") +
         (aligned ? "\\usepackage{booktabs,siunitx}\n" : "\\usepackage{booktabs}\n") + text +
         "\\end{table}\n";
}

std::string typst_table(const Table& table, const PaperOptions& options) {
  std::string kinds, header, text;
  for (const auto& column : table.columns) {
    kinds += column.is_text ? "left, " : "right, ";
    header += "[" + typst_text(column.header) +
              (column.detail.empty() ? "" : " \\ " + typst_text(column.detail)) + "], ";
  }
  for (const auto& row : table.rows) {
    text += "    ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += "[" + cell_text(typst(), row[i], table.columns[i], options) + "], ";
    }
    text += "\n";
  }
  std::string notes;
  for (std::size_t i = 0; i < table.notes.size(); ++i) {
    notes += " #super[" + note_letter(i) + "] " + typst_text(table.notes[i]);
  }
  return "#figure(\n  table(\n    columns: " + std::to_string(table.columns.size()) +
         ",\n    align: (" + kinds +
         "),\n    stroke: none,\n    table.hline(),\n    "
         "table.header(" +
         header + "),\n    table.hline(),\n" + text + "    table.hline(),\n  ),\n  caption: [" +
         typst_text(table.caption) + notes + "],\n) <" + table.id + ">\n";
}

}  // namespace

std::string paper_table(Table table, const PaperOptions& options) {
  for (auto& column : table.columns) {
    if (options.digits && !column.is_text) column.decimals = *options.digits;
  }
  switch (options.form) {
    case PaperForm::kMarkdown:
      return to_markdown(table);
    case PaperForm::kTypst:
      return typst_table(table, options);
    default:
      return latex_table(table, options);
  }
}

}  // namespace bench::reports
