#include "reports/render/svg_canvas.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/text/utf8.h"
#include "reports/content/escape.h"

namespace bench::reports {
namespace {

constexpr double kLetterWidth = 6.9;

std::string attribute(std::string_view name, double value) {
  return std::string(" ").append(name).append("=\"").append(coordinate(value)).append("\"");
}

std::string attribute(std::string_view name, std::string_view value) {
  return std::string(" ").append(name).append("=\"").append(escape_html(value)).append("\"");
}

std::string tip_element(const std::string& tip) {
  return tip.empty() ? "" : "<title>" + escape_html(tip) + "</title>";
}

std::string_view anchor_name(SvgCanvas::Anchor anchor) {
  if (anchor == SvgCanvas::Anchor::kMiddle) return "middle";
  return anchor == SvgCanvas::Anchor::kEnd ? "end" : "start";
}

}  // namespace

std::string coordinate(double value) {
  constexpr int kDecimals = 1;  // finer than the eye, and curves are most of a large page
  std::array<char, 64> digits{};
  if (!std::isfinite(value)) value = 0;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                 std::chars_format::fixed, kDecimals);
  const std::string text(digits.data(), end.ptr);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

double text_width(const std::string& words) {
  return kLetterWidth * static_cast<double>(text::code_point_count(words));
}

std::string shortened(const std::string& words, double width) {
  if (text_width(words) <= width) return words;
  std::string kept;
  for (std::size_t position = 0; position < words.size();) {
    const auto code_point = text::next_code_point(words, position);
    if (text_width(kept) + 2 * kLetterWidth > width) break;
    text::append_utf8(kept, code_point);
  }
  return kept + "…";
}

void SvgCanvas::line(double x1, double y1, double x2, double y2, std::string_view style) {
  body_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
           attribute("y2", y2) + attribute("class", style) + "/>\n";
}

void SvgCanvas::rectangle(double x, double y, double width, double height, std::string_view style,
                          std::string_view fill, const std::string& tip) {
  body_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) +
           attribute("height", height) + attribute("class", style) +
           (fill.empty() ? "" : attribute("fill", fill)) + ">" + tip_element(tip) + "</rect>\n";
}

void SvgCanvas::circle(double x, double y, double radius, std::string_view style,
                       const std::string& tip) {
  body_ += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) +
           attribute("class", style) + ">" + tip_element(tip) + "</circle>\n";
}

void SvgCanvas::path(const std::string& path, std::string_view style) {
  body_ += "<path" + attribute("d", path) + attribute("class", style) + "/>\n";
}

void SvgCanvas::text(double x, double y, const std::string& words, std::string_view style,
                     Anchor anchor) {
  body_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("class", style) +
           attribute("text-anchor", anchor_name(anchor)) + ">" + escape_html(words) + "</text>\n";
}

void SvgCanvas::turned_text(double x, double y, double degrees, const std::string& words,
                            std::string_view style, Anchor anchor) {
  const auto turn =
      "rotate(" + coordinate(degrees) + " " + coordinate(x) + " " + coordinate(y) + ")";
  body_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("transform", turn) +
           attribute("class", style) + attribute("text-anchor", anchor_name(anchor)) + ">" +
           escape_html(words) + "</text>\n";
}

std::string SvgCanvas::finish(double width, double height, const std::string& id,
                              const std::string& title, const std::string& description) const {
  return "<svg class=\"chart\" viewBox=\"0 0 " + coordinate(width) + " " + coordinate(height) +
         "\"" + attribute("width", width) + attribute("height", height) +
         " role=\"img\" aria-labelledby=\"" + id + "-t " + id + "-d\"><title id=\"" + id + "-t\">" +
         escape_html(title) + "</title><desc id=\"" + id + "-d\">" + escape_html(description) +
         "</desc>\n" + body_ + "</svg>\n";
}

}  // namespace bench::reports
