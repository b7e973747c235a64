#include "reports/render/html.h"

#include <algorithm>

#include "embedded/reports_render.h"
#include "reports/content/escape.h"
#include "reports/render/content_policy.h"
#include "reports/render/json.h"
#include "reports/render/latex.h"
#include "reports/render/svg.h"

namespace bench::reports {
namespace {

std::string images_html(const ImageComparison& comparison, const HtmlParts& parts) {
  std::string html = "<div class=\"images\">";
  for (const auto& image : comparison.images) {
    const auto source = parts.image_sources.find(image.file);
    html += "<figure class=\"image\" data-role=\"" + escape_html(image.role) + "\">";
    html += source == parts.image_sources.end()
                ? "<p class=\"missing\">image not stored</p>"
                : "<div class=\"view\"><img alt=\"" + escape_html(image.label) + "\" src=\"" +
                      escape_html(source->second) + "\"></div>";
    html += "<figcaption>" + name_html(image.label) + "</figcaption></figure>";
  }
  return html + "</div>\n";
}

std::string block_html(const Paragraph& paragraph, const HtmlParts&) {
  return "<p>" + name_html(paragraph.text) + "</p>\n";
}

std::string block_html(const Table& table, const HtmlParts&) {
  return to_html(table);
}

std::string block_html(const Figure& figure, const HtmlParts& parts) {
  const auto* images = std::get_if<ImageComparison>(&figure.content);
  const auto content = images == nullptr ? "<div class=\"still\">" + to_svg(figure) + "</div>\n"
                                         : images_html(*images, parts);
  return std::string("<figure class=\"") + (images == nullptr ? "chart" : "comparison") +
         "\" id=\"" + figure.id + "\">\n" + content + "<figcaption><span class=\"title\">" +
         name_html(figure.title) + "</span> " + name_html(figure.caption) +
         "</figcaption>\n</figure>\n";
}

bool is_figure(const Block& block) {
  return std::holds_alternative<Figure>(block);
}

/// Figures in a row are alike: the first few stand open, the others fold.
std::string blocks_html(const std::vector<Block>& blocks, const HtmlParts& parts) {
  std::string html;
  for (auto block = blocks.begin(); block != blocks.end();) {
    const auto group_end = std::find_if_not(block, blocks.end(), is_figure);
    const auto figures = static_cast<std::size_t>(group_end - block);
    const auto open_end = folds(figures) ? block + kOpenFigures : std::max(group_end, block + 1);
    for (; block != open_end; ++block) {
      html += std::visit([&parts](const auto& part) { return block_html(part, parts); }, *block);
    }
    if (!folds(figures)) continue;
    html += "<details class=\"more\"><summary>" + std::to_string(figures - kOpenFigures) +
            " more figures like these</summary>\n";
    for (; block != group_end; ++block) {
      html += std::visit([&parts](const auto& part) { return block_html(part, parts); }, *block);
    }
    html += "</details>\n";
  }
  return html;
}

/// Where the results begin.
std::string first_result(const Document& document) {
  if (!document.answers.empty()) return "answer";
  return document.sections.empty() ? "main" : document.sections.front().id;
}

std::string head_html(const Document& document, const HtmlParts& parts) {
  const ContentPolicy policy{.styles = {std::string(assets::k_report_css)},
                             .scripts = {parts.chart_library, page_script()}};
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         escape_html(policy_text(policy)) +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n"
         "<title>" +
         escape_html(document.title) + "</title>\n<style>" + std::string(assets::k_report_css) +
         "</style>\n</head>\n";
}

std::string contents_html(const Document& document) {
  std::string html = "<nav class=\"contents\" aria-label=\"Contents\"><ul>\n";
  for (const auto& section : document.sections) {
    html += "<li><a href=\"#" + section.id + "\">" + escape_html(section.title) + "</a></li>\n";
  }
  return html + "</ul></nav>\n";
}

/// The answer comes first: sentences, what they speak of, and the figure that shows them.
std::string answer_html(const Document& document, const HtmlParts& parts) {
  if (document.answers.empty()) return "";
  std::string html =
      "<section class=\"answer\" aria-labelledby=\"answer\"><h2 id=\"answer\">Answer</h2>\n";
  for (const auto& answer : document.answers) {
    html += "<p data-finding=\"" + escape_html(answer.finding) + "\">" +
            name_html(answer.sentence) + "</p>\n";
  }
  for (const auto& note : document.answer_notes) {
    html += "<p class=\"note\">" + name_html(note) + "</p>\n";
  }
  if (document.answer_figure) html += block_html(*document.answer_figure, parts);
  return html + "</section>\n";
}

std::string limits_html(const Document& document) {
  if (document.caveats.empty()) return "";
  std::string html = "<section class=\"caveats\" aria-labelledby=\"limits\"><h2 id=\"limits\">" +
                     std::string(kLimitsTitle) + "</h2><ul>\n";
  for (const auto& caveat : document.caveats) html += "<li>" + name_html(caveat) + "</li>\n";
  return html + "</ul></section>\n";
}

std::string facts_html(const Document& document) {
  std::string html = "<dl class=\"facts\">\n";
  for (const auto& [name, value] : document.facts) {
    constexpr std::size_t kLongest = 30;  // what fits a column of the list
    html += std::string(value.size() > kLongest ? "<div class=\"wide\">" : "<div>") + "<dt>" +
            escape_html(name) + "</dt><dd>" + name_html(value) + "</dd></div>\n";
  }
  return html + "</dl>\n";
}

std::string opening_html(const Document& document, const HtmlParts& parts) {
  std::string html = "<header>\n<h1>" + name_html(document.title) + "</h1>\n";
  if (!document.question.empty()) {
    html += "<p class=\"question\">" + name_html(document.question) + "</p>\n";
  }
  return html + "</header>\n" + answer_html(document, parts) + limits_html(document) +
         contents_html(document) + facts_html(document);
}

std::string data_html(const std::string& id, const std::string& json) {
  return "<script type=\"application/json\" id=\"" + id + "\">" + escape_json_for_script(json) +
         "</script>\n";
}

std::string latex_of_tables(const Document& document) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& section : document.sections) {
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table != nullptr && !table->is_appendix) texts.emplace_back(table->id, to_latex(*table));
    }
  }
  return text_map_json(texts);
}

std::string scripts_html(const HtmlParts& parts) {
  std::string html;
  if (!parts.chart_library.empty()) html += "<script>" + parts.chart_library + "</script>\n";
  return html + "<script>" + page_script() + "</script>\n";
}

}  // namespace

std::string page_script() {
  std::string script;
  for (const auto part : {assets::k_tables_js, assets::k_images_js, assets::k_drawings_js,
                          assets::k_chart_specs_js, assets::k_charts_js}) {
    script.append(part);
  }
  return script;
}

std::string to_html(const Document& document, const HtmlParts& parts) {
  std::string html = head_html(document, parts) + "<body>\n<a class=\"skip\" href=\"#" +
                     first_result(document) + "\">Skip to the results</a>\n<main id=\"main\">\n" +
                     opening_html(document, parts);
  for (const auto& section : document.sections) {
    html += "<section aria-labelledby=\"" + section.id + "\">\n<h2 id=\"" + section.id + "\">" +
            escape_html(section.title) + "</h2>\n";
    html += blocks_html(section.blocks, parts) + "</section>\n";
  }
  html += "</main>\n" + data_html("latex-of-tables", latex_of_tables(document));
  if (!parts.chart_library.empty()) html += data_html("chart-data", chart_data_json(document));
  return html + scripts_html(parts) + "</body>\n</html>\n";
}

}  // namespace bench::reports
