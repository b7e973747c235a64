#include "tests/reports/plain_text.h"

#include <regex>
#include <sstream>

namespace bench::reports {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

std::string single_spaced(const std::string& text) {
  return trimmed(std::regex_replace(text, std::regex(" +"), " "));
}

std::string without_entities(std::string text) {
  for (const auto& [entity, letter] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    text = replaced(std::move(text), entity, letter);
  }
  return text;
}

std::string plain_markdown(std::string text) {
  text = std::regex_replace(text, std::regex("<sup>[^<]*</sup>"), "");
  text = std::regex_replace(text, std::regex("</?u>"), "");
  // The sign of a tie stands behind a number; running text explains it.
  text = std::regex_replace(text, std::regex("([^,;:]) ≈"), "$1");
  // Marks are unescaped stars; a star of a name has a backslash.
  text = std::regex_replace(text, std::regex(R"((^|[^\\])\*+)"), "$1");
  text = std::regex_replace(text, std::regex(R"((^|[^\\])\*+)"), "$1");
  text = std::regex_replace(text, std::regex(R"(\\([\\`*_{}\[\]#|~$!]))"), "$1");
  return single_spaced(without_entities(std::move(text)));
}

std::string plain_latex(std::string text) {
  for (const auto& [command, plain] : {std::pair{"\\allowbreak{}", ""},
                                       {"$\\pm$", "±"},
                                       {"$-$", "−"},
                                       {"$\\infty$", "∞"},
                                       {"$\\sigma$", "σ"},
                                       {"$\\times$", "×"},
                                       {"$\\approx$", "≈"},
                                       {"\\benchtied{}", ""},
                                       {"\\textbar{}", "|"},
                                       {"\\textbackslash{}", "\\"},
                                       {"-\\/", "-"},
                                       {"{[}", "["},
                                       {"{]}", "]"},
                                       {"\\_", "_"},
                                       {"\\%", "%"},
                                       {"\\&", "&"},
                                       {"\\#", "#"},
                                       {"\\$", "$"},
                                       {"\\ldots{}", "…"},
                                       {"\\textquotesingle{}", "'"},
                                       {"\\textquotedbl{}", "\""},
                                       {"\\textless{}", "<"},
                                       {"\\textgreater{}", ">"},
                                       {"?{}", "?"},
                                       {"!{}", "!"},
                                       {"\\{", "{"},
                                       {"\\}", "}"}}) {
    text = replaced(std::move(text), command, plain);
  }
  text = std::regex_replace(text, std::regex(R"(\\benchnote\{[a-z,]*\})"), "");
  const std::regex wrapper(
      R"(\\(textbf|underline|textit|texttt|benchpublished|benchinterval|multicolumn\{2\}\{l\})\{([^{}]*)\})");
  while (std::regex_search(text, wrapper)) text = std::regex_replace(text, wrapper, "$2");
  return single_spaced(text);
}

/// Splits at `&` that is neither escaped nor doubled by a spread column; joins "31.2 & ± 0.1".
std::vector<std::string> latex_cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '&' && (i == 0 || line[i - 1] != '\\')) {
      if (trimmed(line.substr(i + 1)).starts_with("$\\pm$")) {
        cells.back() += " ";
      } else {
        cells.emplace_back();
      }
    } else {
      cells.back().push_back(line[i]);
    }
  }
  for (auto& cell : cells) cell = plain_latex(cell);
  return cells;
}

}  // namespace

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

Grid cells_of_markdown(const std::string& text) {
  Grid grid;
  std::istringstream lines(text);
  int table_line = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("|") || ++table_line <= 2) continue;
    auto& row = grid.emplace_back();
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (line[i] == '|' && line[i - 1] != '\\') {
        row.push_back(plain_markdown(cell));
        cell.clear();
      } else {
        cell.push_back(line[i]);
      }
    }
  }
  return grid;
}

Grid cells_of_html(const std::string& text) {
  Grid grid;
  const auto begin = text.find("<tbody>"), end = text.find("</tbody>");
  std::string body = text.substr(begin, end - begin);
  body = std::regex_replace(body, std::regex("<sup>.*?</sup>"), "");
  body = std::regex_replace(body, std::regex("<i class=\"tied\".*?</i>"), "");
  const std::regex row_pattern("<tr[^>]*>([\\s\\S]*?)</tr>"),
      cell_pattern("<t[hd][^>]*>([\\s\\S]*?)</t[hd]>");
  for (std::sregex_iterator row(body.begin(), body.end(), row_pattern), none; row != none; ++row) {
    const std::string content = (*row)[1];
    auto& cells = grid.emplace_back();
    for (std::sregex_iterator cell(content.begin(), content.end(), cell_pattern); cell != none;
         ++cell) {
      const auto plain = std::regex_replace(std::string((*cell)[1]), std::regex("<[^>]*>"), "");
      cells.push_back(single_spaced(without_entities(plain)));
    }
  }
  return grid;
}

Grid cells_of_latex(const std::string& text) {
  Grid grid;
  // A long table repeats its head before the body.
  const auto foot = text.find("\\endfoot\n");
  const bool is_long = foot != std::string::npos;
  const auto begin = is_long ? foot + 9 : text.find("\\midrule\n") + 9;
  const auto end = text.find(is_long ? "\\end{" : "\\bottomrule", begin);
  std::istringstream lines(text.substr(begin, end - begin));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("\\addlinespace")) continue;
    const auto cells = latex_cells(line.substr(0, line.rfind("\\\\")));
    if (!cells.front().empty()) {
      grid.push_back(cells);
      continue;
    }
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (!cells[i].empty()) grid.back()[i] += " " + cells[i];
    }
  }
  return grid;
}

Grid records_of_csv(const std::string& text) {
  Grid records(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto& field = records.back().back();
    if (quoted) {
      if (text[i] != '"') {
        field.push_back(text[i]);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field.push_back(text[++i]);
      } else {
        quoted = false;
      }
    } else if (text[i] == '"') {
      quoted = true;
    } else if (text[i] == ',') {
      records.back().emplace_back();
    } else if (text[i] == '\n') {
      records.push_back({""});
    } else if (text[i] != '\r') {
      field.push_back(text[i]);
    }
  }
  records.pop_back();
  return records;
}

}  // namespace bench::reports
