#pragma once

#include <string>
#include <vector>

#include "reports/content/figure.h"
#include "reports/render/plot_scale.h"
#include "reports/render/svg_canvas.h"

namespace bench::reports {

/// A plot with axes, ticks and grid in a rectangle of a canvas.
class SvgPlot {
 public:
  struct Frame {
    double left;
    double top;
    double width;
    double height;
  };
  SvgPlot(SvgCanvas& canvas, const Frame& frame, const Axis& x, const Axis& y,
          const std::vector<double>& xs, const std::vector<double>& ys);

  double x(double value) const;
  double y(double value) const;

 private:
  void draw_x_axis(SvgCanvas& canvas, const Axis& axis) const;
  void draw_y_axis(SvgCanvas& canvas, const Axis& axis) const;

  Frame frame_;
  PlotScale x_;
  PlotScale y_;
};

struct LegendEntry {
  std::string label;
  std::size_t style;
};

/// Class of a series: color c0..c7, dash d0..d3.
std::string series_class(std::size_t series);

/// Names of series with their color, in rows from (left, top). \returns the height it took.
double draw_legend(SvgCanvas& canvas, double left, double top, double width,
                   const std::vector<LegendEntry>& entries, bool as_dots);

}  // namespace bench::reports
