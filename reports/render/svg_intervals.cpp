#include "reports/render/svg_intervals.h"

#include <algorithm>
#include <vector>

#include "reports/render/plot_scale.h"
#include "reports/render/svg_canvas.h"

namespace bench::reports {
namespace {

using Anchor = SvgCanvas::Anchor;

constexpr double kWholeWidth = 720, kPlotLeft = 16, kPlotWidth = 600, kPlotTop = 26,
                 kRowHeight = 46;

/// From differences to pixels; zero is always in sight.
class Across {
 public:
  explicit Across(const Intervals& intervals) : scale_(values_of(intervals), false) {}
  double operator()(double value) const { return kPlotLeft + kPlotWidth * scale_.position(value); }
  std::vector<double> ticks() const { return scale_.ticks(7); }

 private:
  static std::vector<double> values_of(const Intervals& intervals) {
    std::vector<double> values;
    if (intervals.is_difference) values.push_back(0);
    for (const auto& row : intervals.rows) {
      for (const double value : {row.low, row.value, row.high}) values.push_back(value);
    }
    if (intervals.margin) {
      values.push_back(*intervals.margin);
      values.push_back(-*intervals.margin);
    }
    return values;
  }

  PlotScale scale_;
};

void draw_axis(SvgCanvas& canvas, const Intervals& intervals, const Across& across, double bottom) {
  canvas.line(kPlotLeft, bottom, kPlotLeft + kPlotWidth, bottom, "axis");
  const auto ticks = across.ticks();
  const auto labels = tick_labels(ticks);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    canvas.line(across(ticks[i]), kPlotTop, across(ticks[i]), bottom, "grid");
    canvas.text(across(ticks[i]), bottom + 18, labels[i], "tick", Anchor::kMiddle);
  }
  canvas.text(kPlotLeft + kPlotWidth / 2, bottom + 38, intervals.x.label, "label", Anchor::kMiddle);
  if (!intervals.is_difference) return;
  canvas.line(across(0), kPlotTop, across(0), bottom, "axis");
  canvas.text(across(0) - 8, 14, intervals.left, "label", Anchor::kEnd);
  canvas.text(across(0) + 8, 14, intervals.right, "label", Anchor::kStart);
}

void draw_row(SvgCanvas& canvas, const Intervals::Row& row, const Across& across, double top) {
  const double middle = top + 30;
  const std::string style = row.is_decided ? "c0" : "c7";
  canvas.text(kPlotLeft, top + 14, shortened(row.label, kPlotWidth), "legend", Anchor::kStart);
  canvas.line(across(row.low), middle, across(row.high), middle, "series " + style);
  for (const double end : {row.low, row.high}) {
    canvas.line(across(end), middle - 5, across(end), middle + 5, "series " + style);
  }
  canvas.circle(across(row.value), middle, row.is_decided ? 6 : 4, "dot " + style,
                row.label + ": " + row.text);
  canvas.text(kWholeWidth - 4, middle + 4, row.text, "legend", Anchor::kEnd);
}

// Bars side by side, so that groups that overlap can be told from one another.
void draw_groups(SvgCanvas& canvas, const Intervals& intervals) {
  constexpr double kApart = 7;
  double x = kPlotLeft + kPlotWidth + 10;
  for (const auto& [first, last] : intervals.groups) {
    const double top = kPlotTop + kRowHeight * static_cast<double>(first) + 22;
    const double bottom = kPlotTop + kRowHeight * static_cast<double>(last) + 38;
    canvas.line(x, top, x, bottom, "group");
    x += kApart;
  }
}

}  // namespace

std::string draw_intervals(const Intervals& intervals, const Figure& figure) {
  SvgCanvas canvas;
  const Across across(intervals);
  const double bottom = kPlotTop + kRowHeight * static_cast<double>(intervals.rows.size());
  if (intervals.margin) {
    const double left = across(-*intervals.margin);
    canvas.rectangle(left, kPlotTop, across(*intervals.margin) - left, bottom - kPlotTop, "equal",
                     "", "counts as equal");
  }
  draw_axis(canvas, intervals, across, bottom);
  double top = kPlotTop;
  for (const auto& row : intervals.rows) {
    draw_row(canvas, row, across, top);
    top += kRowHeight;
  }
  draw_groups(canvas, intervals);
  return canvas.finish(kWholeWidth, bottom + 46, figure.id + "-svg", figure.title,
                       figure.description);
}

}  // namespace bench::reports
