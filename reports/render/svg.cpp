#include "reports/render/svg.h"

#include <algorithm>
#include <numeric>

#include "reports/content/number_text.h"
#include "reports/render/differences.h"
#include "reports/render/heat_range.h"
#include "reports/render/palette.h"
#include "reports/render/svg_intervals.h"
#include "reports/render/svg_plot.h"

namespace bench::reports {
namespace {

using Anchor = SvgCanvas::Anchor;

constexpr double kWidth = 720;
constexpr SvgPlot::Frame kFrame{64, 36, 632, 280};
constexpr double kLegendTop = 382;

std::string finish(const SvgCanvas& canvas, double height, const Figure& figure) {
  return canvas.finish(kWidth, height, figure.id + "-svg", figure.title, figure.description);
}

std::string polyline(const SvgPlot& plot, const std::vector<double>& xs,
                     const std::vector<double>& ys) {
  std::string path;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    path += (i == 0 ? "M" : "L") + coordinate(plot.x(xs[i])) + " " + coordinate(plot.y(ys[i]));
  }
  return path;
}

std::string band_path(const SvgPlot& plot, const Lines::Series& series) {
  std::vector<double> xs = series.x, ys = series.low;
  xs.insert(xs.end(), series.x.rbegin(), series.x.rend());
  ys.insert(ys.end(), series.high.rbegin(), series.high.rend());
  return polyline(plot, xs, ys) + "Z";
}

std::string draw(const Lines& lines, const Figure& figure) {
  SvgCanvas canvas;
  std::vector<double> xs, ys;
  std::vector<LegendEntry> legend_entries;
  for (const auto& series : lines.series) {
    xs.insert(xs.end(), series.x.begin(), series.x.end());
    for (const auto* values : {&series.y, &series.low, &series.high}) {
      ys.insert(ys.end(), values->begin(), values->end());
    }
    legend_entries.push_back({series.label, series.style});
  }
  const SvgPlot plot(canvas, kFrame, lines.x, lines.y, xs, ys);
  for (const auto& series : lines.series) {
    if (series.low.empty()) continue;
    canvas.path(band_path(plot, series), "band " + series_class(series.style));
  }
  for (const auto& series : lines.series) {
    canvas.path(polyline(plot, series.x, series.y), "series " + series_class(series.style));
  }
  const double legend =
      draw_legend(canvas, kFrame.left, kLegendTop, kFrame.width, legend_entries, false);
  return finish(canvas, kLegendTop + legend, figure);
}

void draw_front(SvgCanvas& canvas, const SvgPlot& plot, const Scatter& scatter) {
  std::vector<Scatter::Point> front;
  for (const auto& point : scatter.points) {
    if (point.is_on_front) front.push_back(point);
  }
  std::stable_sort(front.begin(), front.end(),
                   [](const auto& left, const auto& right) { return left.x < right.x; });
  std::vector<double> xs, ys;
  for (const auto& point : front) {
    xs.push_back(point.x);
    ys.push_back(point.y);
  }
  canvas.path(polyline(plot, xs, ys), "front");
}

std::string draw(const Scatter& scatter, const Figure& figure) {
  SvgCanvas canvas;
  std::vector<double> xs, ys;
  std::vector<LegendEntry> legend_entries;
  for (const auto& point : scatter.points) {
    xs.push_back(point.x);
    ys.push_back(point.y - point.y_spread.value_or(0));
    ys.push_back(point.y + point.y_spread.value_or(0));
    legend_entries.push_back({point.label, point.style});
  }
  const SvgPlot plot(canvas, kFrame, scatter.x, scatter.y, xs, ys);
  draw_front(canvas, plot, scatter);
  for (const auto& point : scatter.points) {
    const double spread = point.y_spread.value_or(0);
    canvas.line(plot.x(point.x), plot.y(point.y - spread), plot.x(point.x),
                plot.y(point.y + spread), "error " + series_class(point.style));
    canvas.circle(plot.x(point.x), plot.y(point.y), 5, "dot " + series_class(point.style),
                  point.label + ": " + rounded(point.x, 3) + ", " + rounded(point.y, 3));
  }
  const double legend =
      draw_legend(canvas, kFrame.left, kLegendTop, kFrame.width, legend_entries, true);
  return finish(canvas, kLegendTop + legend, figure);
}

/// Where the cells of a map begin and how large they are.
struct HeatLayout {
  explicit HeatLayout(const HeatMap& map) {
    double widest = 60;
    for (const auto& row : map.rows) widest = std::max(widest, text_width(row));
    left = std::min(widest + 16, 300.0);
    const auto columns = static_cast<double>(std::max<std::size_t>(map.columns.size(), 1));
    double name = 0;
    for (const auto& column : map.columns) name = std::max(name, text_width(column));
    const double available = (kWidth - left - 20) / columns;
    width = std::min(available, std::max(170.0, name + 24));
    is_steep = name > width - 8;
    if (!is_steep) return;
    // Turned names rise by the sine of their angle; the last one reaches beyond its column.
    turned_name = std::min(name, 300.0);
    top = 0.62 * turned_name + 14;
    width = std::min({available, 170.0, (kWidth - left - 0.7 * turned_name) / columns});
  }
  double left, top = 30, width, height = 36;
  double turned_name = 0;  ///< room along a turned name
  bool is_steep = false;
};

void draw_heat_row(SvgCanvas& canvas, const HeatMap& map, const HeatLayout& layout,
                   std::size_t row) {
  const HeatRange range(map);
  const double y = layout.top + static_cast<double>(row) * layout.height;
  canvas.text(layout.left - 10, y + 23, shortened(map.rows[row], layout.left - 16), "legend",
              Anchor::kEnd);
  for (std::size_t column = 0; column < map.columns.size(); ++column) {
    const double x = layout.left + static_cast<double>(column) * layout.width;
    const auto& value = map.values[row][column];
    const double share = value ? range.share(*value) : 0;
    canvas.rectangle(x + 1, y + 1, layout.width - 2, layout.height - 2, value ? "heat" : "absent",
                     value ? heat_color(share) : "",
                     map.rows[row] + " / " + map.columns[column] + ": " +
                         (map.details.empty() ? map.texts : map.details)[row][column]);
    const auto ink = !value ? "legend" : is_dark_heat(share) ? "on-dark" : "on-pale";
    canvas.text(x + layout.width / 2, y + 23, shortened(map.texts[row][column], layout.width), ink,
                Anchor::kMiddle);
  }
}

std::string draw(const HeatMap& map, const Figure& figure) {
  SvgCanvas canvas;
  const HeatLayout layout(map);
  for (std::size_t column = 0; column < map.columns.size(); ++column) {
    const double x = layout.left + (static_cast<double>(column) + 0.5) * layout.width;
    if (layout.is_steep) {
      canvas.turned_text(x - 4, layout.top - 8, -38,
                         shortened(map.columns[column], layout.turned_name), "legend",
                         Anchor::kStart);
    } else {
      canvas.text(x, layout.top - 10, map.columns[column], "legend", Anchor::kMiddle);
    }
  }
  for (std::size_t row = 0; row < map.rows.size(); ++row) draw_heat_row(canvas, map, layout, row);
  return finish(canvas, layout.top + static_cast<double>(map.rows.size()) * layout.height + 8,
                figure);
}

constexpr double kBox = 12, kStride = 15, kCellGap = 8;
constexpr std::size_t kNetworksInARow = 3;

/// \param place  of the module, for people: "cell 2, module 3"
void draw_module(SvgCanvas& canvas, char letter, const std::string& place, double x, double y,
                 std::size_t resolutions) {
  const bool is_fusion = letter == 'F';
  const auto style = std::string("module ") + (is_fusion ? "c1" : "c0");
  const auto name = is_fusion ? "fusion" : "parallel";
  canvas.text(x + kBox / 2, y - 6, std::string(1, letter), "code", Anchor::kMiddle);
  if (is_fusion) {
    canvas.rectangle(x + kBox / 2 - 2.5, y + kBox / 2, 5,
                     static_cast<double>(resolutions - 1) * kStride, "joint c1");
  }
  for (std::size_t i = 0; i < resolutions; ++i) {
    const auto scale = std::to_string(1U << std::min<std::size_t>(i, 20));
    canvas.rectangle(x, y + static_cast<double>(i) * kStride, kBox, kBox, style, "",
                     place + ": " + name + " at 1/" + scale);
  }
}

void draw_network(SvgCanvas& canvas, const ArchitectureDrawing::Network& network, double left,
                  double top) {
  const auto cells = architecture_cells(network.architecture);
  canvas.text(left, top, shortened(network.label, 220), "legend", Anchor::kStart);
  double x = left;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    for (std::size_t module = 0; module < cells[cell].size(); ++module) {
      const auto place = network.label + ", cell " + std::to_string(cell + 1) + ", module " +
                         std::to_string(module + 1);
      draw_module(canvas, cells[cell][module], place, x, top + 32, cell + 2);
      x += kStride;
    }
    x += kCellGap;
  }
}

std::string draw(const ArchitectureDrawing& drawing, const Figure& figure) {
  SvgCanvas canvas;
  std::size_t most_cells = 1, longest = 1;
  for (const auto& network : drawing.networks) {
    most_cells = std::max(most_cells, architecture_cells(network.architecture).size());
    longest = std::max(longest, network.architecture.size());
  }
  const double height = 62 + static_cast<double>(most_cells + 1) * kStride;
  // A deep network takes the row for itself.
  const bool is_wide = static_cast<double>(longest) * kStride > kWidth / kNetworksInARow;
  const std::size_t columns = is_wide ? 1 : kNetworksInARow;
  for (std::size_t i = 0; i < drawing.networks.size(); ++i) {
    const std::size_t row = i / columns;
    const double left = static_cast<double>(i % columns) * kWidth / kNetworksInARow;
    draw_network(canvas, drawing.networks[i], left, 18 + height * static_cast<double>(row));
  }
  const std::size_t rows = (drawing.networks.size() + columns - 1) / columns;
  const double bottom = height * static_cast<double>(rows);
  canvas.rectangle(0, bottom + 4, 12, 12, "module c0");
  canvas.text(18, bottom + 15, "parallel", "legend", Anchor::kStart);
  canvas.rectangle(96, bottom + 4, 12, 12, "module c1");
  canvas.text(114, bottom + 15, "fusion (joins all resolutions)", "legend", Anchor::kStart);
  return finish(canvas, bottom + 24, figure);
}

void draw_paired_scatter(SvgCanvas& canvas, const PairedImages& paired) {
  const auto pairs = finite_pairs(paired);
  std::vector<double> values;
  for (const auto& pair : pairs) {
    values.push_back(pair.x);
    values.push_back(pair.y);
  }
  // One range on both axes: only then is the diagonal a diagonal.
  const SvgPlot plot(canvas, {64, 36, 276, 276}, {paired.contestants[paired.x], false},
                     {paired.contestants[paired.y], false}, values, values);
  if (!values.empty()) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    canvas.line(plot.x(*low), plot.y(*low), plot.x(*high), plot.y(*high), "front");
  }
  for (const auto& pair : pairs) {
    canvas.circle(plot.x(pair.x), plot.y(pair.y), 3, "dot faint c0",
                  pair.image + ": " + rounded(pair.x, 3) + ", " + rounded(pair.y, 3));
  }
}

std::string draw(const PairedImages& paired, const Figure& figure) {
  SvgCanvas canvas;
  draw_paired_scatter(canvas, paired);
  const auto histogram = difference_histogram(paired);
  std::vector<double> counts = histogram.counts;
  counts.push_back(0);
  const SvgPlot plot(canvas, {420, 36, 276, 276}, {"difference, " + paired.value.label, false},
                     {"images", false}, histogram.edges, counts);
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const double left = plot.x(histogram.edges[i]), right = plot.x(histogram.edges[i + 1]);
    const double top = plot.y(histogram.counts[i]);
    canvas.rectangle(left + 0.5, top, right - left - 1, plot.y(0) - top, "bar c0", "",
                     rounded(histogram.edges[i], 3) + " to " + rounded(histogram.edges[i + 1], 3) +
                         ": " + rounded(histogram.counts[i], 0));
  }
  if (!histogram.edges.empty() && histogram.edges.front() < 0 && histogram.edges.back() > 0) {
    canvas.line(plot.x(0), 36, plot.x(0), 312, "front");
  }
  return finish(canvas, 362, figure);
}

std::string draw(const Intervals& intervals, const Figure& figure) {
  return draw_intervals(intervals, figure);
}

std::string draw(const ImageComparison&, const Figure&) {
  return "";
}

}  // namespace

std::string to_svg(const Figure& figure) {
  return std::visit([&figure](const auto& content) { return draw(content, figure); },
                    figure.content);
}

std::string svg_file(const Figure& figure) {
  std::string svg = to_svg(figure);
  const std::string start = "<svg class=\"chart\"";
  if (!svg.starts_with(start)) return "";
  std::string style =
      "<style>text{font:13px system-ui,sans-serif;fill:#1f2328}.tick,.label{fill:#59636e}"
      ".axis{stroke:#8b949e}.grid{stroke:#e4e7eb}.series{fill:none;stroke-width:2}.band{opacity:."
      "16}"
      ".front{fill:none;stroke:#59636e;stroke-dasharray:5 4}.error{stroke-width:1.5}"
      ".equal{fill:#eef1f4}.group{stroke:#1f2328;stroke-width:4}.joint{opacity:.45}.faint{opacity:."
      "7}.bar{opacity:.75}.absent{fill:#"
      "f0f1f3}"
      ".code{font-family:monospace}text.on-dark{fill:#fff}"
      ".d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:8 3 2 3}";
  for (std::size_t i = 0; i < kSeriesColors.size(); ++i) {
    const auto color = std::string(kSeriesColors[i]);
    const auto name = ".c" + std::to_string(i);
    style += "line" + name + ",path.series" + name + "{stroke:" + color + "}path.band" + name +
             ",rect" + name + ",circle" + name + "{fill:" + color + "}";
  }
  const std::size_t end = svg.find('>') + 1;
  svg.insert(end, style + "</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
  svg.replace(0, start.size(), "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\"");
  return svg;
}

}  // namespace bench::reports
