#include <algorithm>

#include "core/text/utf8.h"
#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/render/html.h"

namespace bench::reports {
namespace {

std::string tag(const std::string& name, const std::string& style, const std::string& content) {
  return "<" + name + (style.empty() ? "" : " class=\"" + style + "\"") + ">" + content + "</" +
         name + ">";
}

std::string note_marks_html(const Table& table, const Cell& cell) {
  std::string marks;
  for (const auto note : cell.notes) {
    const auto letter = note_letter(note);
    if (!marks.empty()) marks += ",";
    marks += "<a href=\"#" + table.id + "-note-" + letter + "\">" + letter + "</a>";
  }
  return marks.empty() ? "" : "<sup>" + marks + "</sup>";
}

const char* mark_word(Mark mark) {
  switch (mark) {
    case Mark::kBest:
      return "best";
    case Mark::kSecond:
      return "second";
    case Mark::kTied:
      return "not significantly different from the best";
    case Mark::kNone:
      break;
  }
  return "";
}

std::string marked_html(const std::string& text, Mark mark) {
  const std::string title = std::string("title=\"") + mark_word(mark) + "\"";
  switch (mark) {
    case Mark::kBest:
      return "<strong " + title + ">" + text + "</strong>";
    case Mark::kSecond:
      return "<u " + title + ">" + text + "</u>";
    default:
      return text;
  }
}

const char* number_class(const Column& column) {
  return column.is_published ? "number published" : "number";
}

/// What the numbers of a column keep room for behind them, so that their digits stand in line.
struct Room {
  std::size_t spread_width = 0;
  bool has_signs = false;
};

Room room_in(const Table& table, std::size_t column) {
  constexpr std::size_t kWidest = 16;  // of the style sheet's classes
  Room room;
  for (const auto& row : table.rows) {
    const auto& cell = row[column];
    const auto* number = std::get_if<Number>(&cell.content);
    if (number == nullptr) continue;
    room.has_signs = room.has_signs || cell.mark == Mark::kTied || !cell.notes.empty();
    const auto spread = number_text(*number, table.columns[column]).spread;
    room.spread_width =
        std::min(kWidest, std::max(room.spread_width, text::code_point_count(spread)));
  }
  return room;
}

std::string number_html(const Table& table, const Cell& cell, const Number& number,
                        const Column& column, const Room& room) {
  const auto text = number_text(number, column);
  auto html = marked_html(escape_html(text.value), cell.mark);
  if (!cell.link.empty()) html = "<a class=\"source\" href=\"#" + cell.link + "\">" + html + "</a>";
  if (room.spread_width > 0) {
    html += "<span class=\"spread w" + std::to_string(room.spread_width) + "\">" +
            (text.spread.empty() ? "" : " " + escape_html(text.spread)) + "</span>";
  }
  const auto sign = cell.mark == Mark::kTied ? std::string("<i class=\"tied\" title=\"") +
                                                   mark_word(cell.mark) + "\">≈</i>"
                                             : "";
  if (room.has_signs) html += tag("span", "signs", sign + note_marks_html(table, cell));
  if (!text.interval.empty()) html += tag("span", "interval", " " + escape_html(text.interval));
  return html;
}

std::string cell_html(const Table& table, const Cell& cell, std::size_t index, const Room& room) {
  const auto& column = table.columns[index];
  const std::string name = index == 0 ? "th scope=\"row\"" : "td";
  const std::string end = index == 0 ? "</th>" : "</td>";
  if (const auto* number = std::get_if<Number>(&cell.content)) {
    return "<" + name + " class=\"" + number_class(column) + "\" data-value=\"" +
           exact(number->value) + "\">" + number_html(table, cell, *number, column, room) + end;
  }
  auto text = name_html(people_text(cell, column));
  constexpr std::size_t kLongestUnbroken = 24;  // architectures and keys stay on one line
  if (column.is_code) text = tag("code", text.size() < kLongestUnbroken + 11 ? "short" : "", text);
  if (!cell.link.empty()) text = "<a class=\"source\" href=\"#" + cell.link + "\">" + text + "</a>";
  text += note_marks_html(table, cell);
  if (std::holds_alternative<Missing>(cell.content)) {
    return "<" + name + " class=\"missing" + (column.is_text ? "" : " number") + "\">" + text + end;
  }
  return "<" + name +
         (column.is_text ? "" : std::string(" class=\"") + number_class(column) + "\"") + ">" +
         text + end;
}

std::string header_html(const Table& table) {
  std::string html = "<thead><tr>";
  for (const auto& column : table.columns) {
    html += std::string("<th scope=\"col\"") +
            (column.is_text ? ">" : std::string(" class=\"") + number_class(column) + "\">") +
            tag("span", "name", name_html(column.header)) +
            (column.detail.empty() ? "" : tag("span", "detail", " " + escape_html(column.detail))) +
            "</th>";
  }
  return html + "</tr></thead>\n";
}

std::string remarks_html(const Table& table) {
  if (table.remarks.empty()) return "";
  std::string html = "<p class=\"remarks\">";
  for (const auto& remark : table.remarks) {
    html += (&remark == &table.remarks.front() ? "" : " ") + name_html(remark);
  }
  return html + "</p>\n";
}

std::string notes_html(const Table& table) {
  if (table.notes.empty()) return "";
  std::string html = "<ol class=\"notes\">";
  for (std::size_t i = 0; i < table.notes.size(); ++i) {
    const auto letter = note_letter(i);
    html += "<li id=\"" + table.id + "-note-" + letter + "\"><sup>" + letter + "</sup> " +
            name_html(table.notes[i]) + "</li>";
  }
  return html + "</ol>\n";
}

}  // namespace

std::string to_html(const Table& table) {
  std::vector<Room> rooms;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    rooms.push_back(room_in(table, column));
  }
  // The caption stands outside the part that scrolls, and is not as narrow as its table.
  std::string html = "<div class=\"table\" id=\"" + table.id + "\">\n<p class=\"caption\" id=\"" +
                     table.id + "-words\"><span class=\"title\" id=\"" + table.id + "-title\">" +
                     name_html(table.title) + "</span> " + name_html(table.caption) +
                     "</p>\n<div class=\"scroll\" role=\"region\" "
                     "tabindex=\"0\" aria-labelledby=\"" +
                     table.id + "-title\">\n<table aria-labelledby=\"" + table.id +
                     "-title\" aria-describedby=\"" + table.id + "-words\">\n" +
                     header_html(table) + "<tbody>\n";
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    html += table.row_anchors.empty() ? "<tr>" : "<tr id=\"" + table.row_anchors[row] + "\">";
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      html += cell_html(table, table.rows[row][column], column, rooms[column]);
    }
    html += "</tr>\n";
  }
  html += "</tbody></table></div>\n" + remarks_html(table) + notes_html(table) + "</div>\n";
  if (!table.is_appendix) return html;
  return "<details class=\"appendix\"><summary>" + name_html(table.title) + " (" +
         std::to_string(table.rows.size()) + " rows)</summary>\n" + html + "</details>\n";
}

}  // namespace bench::reports
