#include "reports/render/markdown.h"

#include <algorithm>
#include <cctype>

#include "reports/content/escape.h"
#include "reports/content/number_text.h"

namespace bench::reports {
namespace {

std::string marked_markdown(const std::string& text, Mark mark) {
  switch (mark) {
    case Mark::kBest:
      return "**" + text + "**";
    case Mark::kSecond:
      return "<u>" + text + "</u>";
    case Mark::kTied:
      return text + " ≈";
    case Mark::kNone:
      break;
  }
  return text;
}

std::string note_marks_markdown(const Cell& cell) {
  if (cell.notes.empty()) return "";
  std::string letters;
  for (const auto note : cell.notes) letters += (letters.empty() ? "" : ",") + note_letter(note);
  return " <sup>" + letters + "</sup>";
}

std::string cell_markdown(const Cell& cell, const Column& column) {
  std::string text = escape_markdown(people_text(cell, column));
  if (std::holds_alternative<Missing>(cell.content)) text = "*" + text + "*";
  return marked_markdown(text, cell.mark) + note_marks_markdown(cell);
}

std::string header_markdown(const Column& column) {
  const auto header = escape_markdown(column.header);
  return column.detail.empty() ? header : header + "<br>" + escape_markdown(column.detail);
}

void append_block(const Table& table, const MarkdownOptions&, std::string& text) {
  text += to_markdown(table) + "\n";
}

void append_block(const Paragraph& paragraph, const MarkdownOptions&, std::string& text) {
  text += escape_markdown(paragraph.text) + "\n\n";
}

void append_block(const Figure& figure, const MarkdownOptions& options, std::string& text) {
  if (!options.with_figures || std::holds_alternative<ImageComparison>(figure.content)) return;
  text += "### " + escape_markdown(figure.title) + "\n\n";
  text += "![" + escape_markdown(figure.description) + "](figures/" + figure.id + ".svg)\n\n";
  text += escape_markdown(figure.caption) + "\n\n";
}

void append_answer(const Document& document, const MarkdownOptions& options, std::string& text) {
  if (document.answers.empty()) return;
  text += "**Answer**\n\n";
  for (const auto& answer : document.answers) text += escape_markdown(answer.sentence) + "\n\n";
  for (const auto& note : document.answer_notes) text += escape_markdown(note) + "\n\n";
  if (document.answer_figure) append_block(*document.answer_figure, options, text);
}

/// As GitHub makes the anchor of a heading: letters, digits and "-".
std::string heading_anchor(const std::string& title) {
  std::string anchor;
  for (const char letter : title) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == ' ') anchor.push_back('-');
    if (std::isalnum(code) != 0 || letter == '-' || letter == '_') {
      anchor.push_back(static_cast<char>(std::tolower(code)));
    }
  }
  return anchor;
}

void append_contents(const Document& document, std::string& text) {
  if (document.sections.empty()) return;
  text += "**Contents:** ";
  for (const auto& section : document.sections) {
    text += (&section == &document.sections.front() ? "" : " · ") + std::string("[") +
            escape_markdown(section.title) + "](#" + heading_anchor(section.title) + ")";
  }
  text += "\n\n";
}

/// Figures in a row are alike: the first few stand open, the others fold.
void append_blocks(const std::vector<Block>& blocks, const MarkdownOptions& options,
                   std::string& text) {
  const auto is_drawn = [&](const Block& block) {
    const auto* figure = std::get_if<Figure>(&block);
    return figure != nullptr && options.with_figures &&
           !std::holds_alternative<ImageComparison>(figure->content);
  };
  for (auto block = blocks.begin(); block != blocks.end();) {
    const auto group_end = std::find_if_not(block, blocks.end(), is_drawn);
    const auto figures = static_cast<std::size_t>(group_end - block);
    const auto open_end = folds(figures) ? block + kOpenFigures : std::max(group_end, block + 1);
    const auto append_until = [&](auto end) {
      for (; block != end; ++block) {
        std::visit([&](const auto& part) { append_block(part, options, text); }, *block);
      }
    };
    append_until(open_end);
    if (!folds(figures)) continue;
    text += "<details><summary>" + std::to_string(figures - kOpenFigures) +
            " more figures like these</summary>\n\n";
    append_until(group_end);
    text += "</details>\n\n";
  }
}

}  // namespace

std::string to_markdown(const Table& table) {
  std::string text = "### " + escape_markdown(table.title) + "\n\n|";
  for (const auto& column : table.columns) text += " " + header_markdown(column) + " |";
  text += "\n|";
  for (const auto& column : table.columns) text += column.is_text ? " --- |" : " ---: |";
  text += "\n";
  const std::size_t shown = std::min(table.rows.size(), kLongestPrintedTable);
  for (std::size_t row = 0; row < shown; ++row) {
    text += "|";
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      text += " " + cell_markdown(table.rows[row][column], table.columns[column]) + " |";
    }
    text += "\n";
  }
  text += "\n";
  if (shown < table.rows.size()) {
    text += std::to_string(table.rows.size() - shown) + " more rows are in tables/" + table.id +
            ".csv.\n\n";
  }
  if (!table.caption.empty()) text += escape_markdown(table.caption) + "\n";
  for (const auto& remark : table.remarks) text += "\n" + escape_markdown(remark) + "\n";
  for (std::size_t i = 0; i < table.notes.size(); ++i) {
    text += "\n<sup>" + note_letter(i) + "</sup> " + escape_markdown(table.notes[i]) + "\n";
  }
  if (!table.source.empty() && !table.trail.empty()) {
    text += "\nSource: " + escape_markdown(table.source) + "\n";
  }
  return text;
}

std::string to_markdown(const Document& document, const MarkdownOptions& options) {
  std::string text = "# " + escape_markdown(document.title) + "\n\n";
  if (!document.question.empty()) text += escape_markdown(document.question) + "\n\n";
  append_answer(document, options, text);
  if (!document.caveats.empty()) text += "**" + std::string(kLimitsTitle) + "**\n\n";
  for (const auto& caveat : document.caveats) text += "- " + escape_markdown(caveat) + "\n";
  if (!document.caveats.empty()) text += "\n";
  append_contents(document, text);
  text += "| | |\n| --- | --- |\n";
  for (const auto& [name, value] : document.facts) {
    text += "| " + escape_markdown(name) + " | " + escape_markdown(value) + " |\n";
  }
  text += "\n";
  for (const auto& section : document.sections) {
    text += "## " + escape_markdown(section.title) + "\n\n";
    append_blocks(section.blocks, options, text);
  }
  return text;
}

}  // namespace bench::reports
