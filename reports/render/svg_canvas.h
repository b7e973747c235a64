#pragma once

#include <string>
#include <string_view>

namespace bench::reports {

/// Writes SVG elements; coordinates in pixels of the view box. Text is escaped here.
class SvgCanvas {
 public:
  enum class Anchor { kStart, kMiddle, kEnd };

  void line(double x1, double y1, double x2, double y2, std::string_view style);
  void rectangle(double x, double y, double width, double height, std::string_view style,
                 std::string_view fill = "", const std::string& tip = "");
  void circle(double x, double y, double radius, std::string_view style, const std::string& tip);
  /// \param path  the "d" attribute; made of numbers and letters only
  void path(const std::string& path, std::string_view style);
  void text(double x, double y, const std::string& words, std::string_view style, Anchor anchor);
  /// Turned by `degrees` around its own anchor.
  void turned_text(double x, double y, double degrees, const std::string& words,
                   std::string_view style, Anchor anchor);

  /// The whole element, with a title and a description for screen readers.
  std::string finish(double width, double height, const std::string& id, const std::string& title,
                     const std::string& description) const;

 private:
  std::string body_;
};

/// A coordinate to a tenth, without a trailing zero, and with a plain "-".
std::string coordinate(double value);

/// About the width of `words` in a 13 pixel sans serif.
double text_width(const std::string& words);

/// `words` cut to about `width` pixels, with an ellipsis.
std::string shortened(const std::string& words, double width);

}  // namespace bench::reports
