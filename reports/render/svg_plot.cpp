#include "reports/render/svg_plot.h"

#include <algorithm>

#include "reports/render/palette.h"

namespace bench::reports {

using Anchor = SvgCanvas::Anchor;

SvgPlot::SvgPlot(SvgCanvas& canvas, const Frame& frame, const Axis& x, const Axis& y,
                 const std::vector<double>& xs, const std::vector<double>& ys)
    : frame_(frame), x_(xs, x.is_log), y_(ys, y.is_log) {
  draw_y_axis(canvas, y);
  draw_x_axis(canvas, x);
}

double SvgPlot::x(double value) const {
  return frame_.left + frame_.width * x_.position(value);
}

double SvgPlot::y(double value) const {
  return frame_.top + frame_.height * (1 - y_.position(value));
}

void SvgPlot::draw_x_axis(SvgCanvas& canvas, const Axis& axis) const {
  const double bottom = frame_.top + frame_.height;
  const auto ticks = x_.ticks(frame_.width > 400 ? 7 : 4);
  const auto labels = tick_labels(ticks);
  canvas.line(frame_.left, bottom, frame_.left + frame_.width, bottom, "axis");
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    canvas.line(x(ticks[i]), bottom, x(ticks[i]), bottom + 4, "axis");
    canvas.text(x(ticks[i]), bottom + 18, labels[i], "tick", Anchor::kMiddle);
  }
  canvas.text(frame_.left + frame_.width / 2, bottom + 38, shortened(axis.label, frame_.width),
              "label", Anchor::kMiddle);
}

void SvgPlot::draw_y_axis(SvgCanvas& canvas, const Axis& axis) const {
  const auto ticks = y_.ticks(5);
  const auto labels = tick_labels(ticks);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    canvas.line(frame_.left, y(ticks[i]), frame_.left + frame_.width, y(ticks[i]), "grid");
    canvas.text(frame_.left - 8, y(ticks[i]) + 4, labels[i], "tick", Anchor::kEnd);
  }
  // The name stands level at the top: nobody has to turn their head.
  canvas.text(frame_.left - 40, frame_.top - 14, shortened(axis.label, frame_.width), "label",
              Anchor::kStart);
}

std::string series_class(std::size_t series) {
  return "c" + std::to_string(series % kSeriesColors.size()) + " d" +
         std::to_string((series / kSeriesColors.size()) % 4);
}

double draw_legend(SvgCanvas& canvas, double left, double top, double width,
                   const std::vector<LegendEntry>& entries, bool as_dots) {
  constexpr double kRow = 20, kSign = 26, kGap = 22, kWidestLabel = 260;
  double x = left, y = top;
  for (const auto& entry : entries) {
    const auto label = shortened(entry.label, kWidestLabel);
    const double needed = kSign + text_width(label);
    if (x > left && x + needed > left + width) {
      x = left;
      y += kRow;
    }
    if (as_dots) {
      canvas.circle(x + 9, y - 4, 4.5, "dot " + series_class(entry.style), "");
    } else {
      canvas.line(x, y - 4, x + 18, y - 4, "series " + series_class(entry.style));
    }
    canvas.text(x + kSign, y, label, "legend", Anchor::kStart);
    x += needed + kGap;
  }
  return y - top + kRow;
}

}  // namespace bench::reports
