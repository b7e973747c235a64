#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/text/utf8.h"
#include "reports/content/escape.h"
#include "reports/content/number_text.h"
#include "reports/render/differences.h"
#include "reports/render/heat_range.h"
#include "reports/render/latex.h"
#include "reports/render/palette.h"
#include "reports/render/plot_scale.h"

namespace bench::reports {
namespace {

std::string color(std::size_t series) {
  return "benchseries" + std::string(1, static_cast<char>('a' + series % kSeriesColors.size()));
}

std::string dash(std::size_t series) {
  constexpr std::array<const char*, 4> kDashes = {"solid", "densely dashed", "dotted",
                                                  "dashdotted"};
  return kDashes[(series / kSeriesColors.size()) % kDashes.size()];
}

std::string point(double x, double y) {
  return "(" + exact(x) + "," + exact(y) + ")";
}

std::string listed(const std::vector<std::string>& entries) {
  std::string text;
  for (const auto& entry : entries) text += (text.empty() ? "" : ",") + entry;
  return text;
}

/// The limits and ticks of the drawing on the page: pgfplots' own would be 10^{1.2} on a short
/// logarithmic axis.
std::string axis_scale(const std::string& name, const std::vector<double>& values, bool is_log,
                       int about) {
  const PlotScale scale(values, is_log);
  const auto ticks = scale.ticks(about);
  std::vector<std::string> places;
  for (const double tick : ticks) places.push_back(exact(tick));
  auto labels = tick_labels(ticks);
  for (auto& label : labels) label = "{" + escape_latex(label) + "}";
  return ", " + name + "min=" + exact(scale.low()) + ", " + name + "max=" + exact(scale.high()) +
         ", " + name + "tick={" + listed(places) + "}, " + name + "ticklabels={" + listed(labels) +
         "}" + (is_log ? ", " + name + "mode=log" : "");
}

std::string axis_options(const Axis& x, const Axis& y, const std::vector<double>& xs,
                         const std::vector<double>& ys) {
  return "benchplot, enlargelimits=false, xlabel={" + escape_latex(x.label) + "}, ylabel={" +
         escape_latex(y.label) + "}" + axis_scale("x", xs, x.is_log, 8) +
         axis_scale("y", ys, y.is_log, 6);
}

/// At most three columns, as many as their longest names leave room for.
std::string legend_columns(const std::vector<std::string>& names) {
  constexpr std::size_t kLine = 130, kSign = 6;  // code points
  std::size_t columns = 3;
  for (; columns > 1; --columns) {
    std::vector<std::size_t> widest(columns, 0);
    for (std::size_t i = 0; i < names.size(); ++i) {
      widest[i % columns] = std::max(widest[i % columns], kSign + text::code_point_count(names[i]));
    }
    if (std::accumulate(widest.begin(), widest.end(), std::size_t{0}) <= kLine) break;
  }
  return ", legend columns=" + std::to_string(columns);
}

std::string band(const Lines::Series& series) {
  if (series.low.empty()) return "";
  std::string text = "\\addplot[forget plot, draw=none, fill=" + color(series.style) +
                     ", fill opacity=0.14] coordinates {";
  for (std::size_t i = 0; i < series.x.size(); ++i) text += point(series.x[i], series.low[i]);
  for (std::size_t i = series.x.size(); i-- > 0;) text += point(series.x[i], series.high[i]);
  return text + "} -- cycle;\n";
}

std::string body(const Lines& lines) {
  std::vector<double> xs, ys;
  std::vector<std::string> names;
  for (const auto& series : lines.series) {
    names.push_back(series.label);
    xs.insert(xs.end(), series.x.begin(), series.x.end());
    for (const auto* values : {&series.y, &series.low, &series.high}) {
      ys.insert(ys.end(), values->begin(), values->end());
    }
  }
  std::string text = "\\begin{tikzpicture}\n\\begin{axis}[" +
                     axis_options(lines.x, lines.y, xs, ys) + legend_columns(names) + "]\n";
  for (const auto& series : lines.series) text += band(series);
  for (const auto& series : lines.series) {
    text +=
        "\\addplot[" + color(series.style) + ", thick, " + dash(series.style) + "] coordinates {";
    for (std::size_t k = 0; k < series.x.size(); ++k) text += point(series.x[k], series.y[k]);
    text += "};\n\\addlegendentry{" + escape_latex(series.label) + "}\n";
  }
  return text + "\\end{axis}\n\\end{tikzpicture}\n";
}

std::string front_line(const Scatter& scatter) {
  std::vector<Scatter::Point> front;
  for (const auto& candidate : scatter.points) {
    if (candidate.is_on_front) front.push_back(candidate);
  }
  std::stable_sort(front.begin(), front.end(),
                   [](const auto& left, const auto& right) { return left.x < right.x; });
  std::string text = "\\addplot[benchink!55, densely dashed, forget plot] coordinates {";
  for (const auto& member : front) text += point(member.x, member.y);
  return text + "};\n";
}

std::string body(const Scatter& scatter) {
  std::vector<double> xs, ys;
  std::vector<std::string> names;
  for (const auto& own : scatter.points) {
    names.push_back(own.label);
    xs.push_back(own.x);
    ys.push_back(own.y - own.y_spread.value_or(0));
    ys.push_back(own.y + own.y_spread.value_or(0));
  }
  std::string text = "\\begin{tikzpicture}\n\\begin{axis}[" +
                     axis_options(scatter.x, scatter.y, xs, ys) + legend_columns(names) +
                     ", clip=false]\n" + front_line(scatter);
  for (const auto& own : scatter.points) {
    const std::string error = own.y_spread ? " +- (0," + exact(*own.y_spread) + ")" : "";
    text += "\\addplot[only marks, mark=*, mark size=2pt, " + color(own.style) +
            ", error bars/.cd, y dir=both, y explicit] coordinates {" + point(own.x, own.y) +
            error + "};\n\\addlegendentry{" + escape_latex(own.label) + "}\n";
  }
  return text + "\\end{axis}\n\\end{tikzpicture}\n";
}

std::string node(double x, double y, const std::string& options, const std::string& text) {
  return "\\node[font=\\footnotesize" + (options.empty() ? "" : ", " + options) + "] at (" +
         exact(x) + "," + exact(y) + ") {" + text + "};\n";
}

std::string heat_cell(const HeatMap& map, const HeatRange& range, std::size_t row,
                      std::size_t column, double width) {
  const double x = static_cast<double>(column) * width, y = -static_cast<double>(row);
  const auto& value = map.values[row][column];
  const double share = value ? range.share(*value) : 0.0;
  const auto ink = value && is_dark_heat(share) ? "white" : "benchink";
  const auto percent = std::to_string(std::lround(8 + 92 * share));
  std::string text = "\\filldraw[draw=white, line width=0.8pt, fill=" +
                     (value ? "benchheat!" + percent : std::string("benchink!4")) + "] (" +
                     exact(x) + "," + exact(y) + ") rectangle (" + exact(x + width) + "," +
                     exact(y - 1) + ");\n";
  return text + node(x + width / 2, y - 0.5, std::string("text=") + ink,
                     escape_latex(map.texts[row][column]));
}

std::string body(const HeatMap& map) {
  // As many columns as there are on a line of text; names of columns stand upright if they are
  // many.
  const double width = map.columns.size() > 4 ? 1.0 : 2.6;
  const bool is_steep = map.columns.size() > 4;
  const HeatRange range(map);
  std::string text = "\\begin{adjustbox}{max width=\\linewidth}\n\\begin{tikzpicture}[y=0.8cm]\n";
  for (std::size_t column = 0; column < map.columns.size(); ++column) {
    const double x = (static_cast<double>(column) + 0.5) * width;
    text +=
        node(x, 0.15,
             is_steep ? "rotate=60, anchor=west" : "anchor=south, align=center, text width=2.4cm",
             escape_latex(map.columns[column]));
  }
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    text +=
        node(-0.15, -static_cast<double>(row) - 0.5, "anchor=east", escape_latex(map.rows[row]));
    for (std::size_t column = 0; column < map.columns.size(); ++column) {
      text += heat_cell(map, range, row, column, width);
    }
  }
  return text + "\\end{tikzpicture}\n\\end{adjustbox}\n";
}

/// Bars right of the plot: rows that are not significantly different.
std::string groups_latex(const Intervals& intervals) {
  std::string text;
  const auto count = static_cast<double>(intervals.rows.size());
  double shift = 1.5;
  for (const auto& [first, last] : intervals.groups) {
    const auto y = [&](std::size_t row, double beyond) {
      return exact(count - static_cast<double>(row) + beyond);
    };
    text += "\\draw[benchink, line width=2pt, xshift=" + exact(shift) +
            "mm] ({rel axis cs:1,0}|-{axis cs:0," + y(first, 0.3) +
            "}) -- ({rel axis cs:1,0}|-{axis "
            "cs:0," +
            y(last, -0.3) + "});\n";
    shift += 1.5;
  }
  return text;
}

/// pgfplots with a row for each difference, the first on top.
std::string body(const Intervals& intervals) {
  std::vector<double> xs;
  if (intervals.is_difference) xs.push_back(0);
  std::string marks, names;
  const auto count = intervals.rows.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto& row = intervals.rows[i];
    const auto y = static_cast<double>(count - i);
    for (const double value : {row.low, row.value, row.high}) xs.push_back(value);
    const std::string ink = row.is_decided ? "benchseriesa" : "benchink!55";
    marks += "\\addplot[" + ink + ", thick, mark=|] coordinates {" + point(row.low, y) +
             point(row.high, y) + "};\n\\addplot[only marks, mark=" + (row.is_decided ? "*" : "o") +
             ", mark size=2pt, " + ink + "] coordinates {" + point(row.value, y) + "};\n";
    // Names from the top down; ticks count from below.
    names = "{" + escape_latex(row.label) + "}" + (names.empty() ? "" : ",") + names;
  }
  std::string band;
  if (intervals.margin) {
    xs.push_back(*intervals.margin);
    xs.push_back(-*intervals.margin);
    band = "\\fill[benchink!8] (axis cs:" + exact(-*intervals.margin) +
           ",0.4) rectangle (axis cs:" + exact(*intervals.margin) + "," +
           exact(static_cast<double>(count) + 0.6) + ");\n";
  }
  std::string places;
  for (std::size_t i = 1; i <= count; ++i) places += (i == 1 ? "" : ",") + std::to_string(i);
  return "\\begin{tikzpicture}\n\\begin{axis}[benchplot, enlargelimits=false, "
         "width=0.62\\linewidth, height=" +
         exact(1.9 + 0.9 * static_cast<double>(count)) + "cm, xlabel={" +
         escape_latex(intervals.x.label) + "}" + axis_scale("x", xs, false, 6) +
         ", ymin=0.4, ymax=" + exact(static_cast<double>(count) + 0.6) + ", ytick={" + places +
         "}, yticklabels={" + names +
         "}, yticklabel style={text width=0.34\\linewidth, align=right}, clip=false]\n" + band +
         (intervals.is_difference ? "\\draw[benchink!55] (axis cs:0,0.4) -- (axis cs:0," +
                                        exact(static_cast<double>(count) + 0.6) + ");\n"
                                  : std::string()) +
         marks + groups_latex(intervals) + "\\end{axis}\n\\end{tikzpicture}\n";
}

/// One column of a cell: boxes over its resolutions, joined where it is a fusion module.
std::string module_latex(char letter, double x, std::size_t resolutions) {
  const bool is_fusion = letter == 'F';
  const double bottom = -0.5 * static_cast<double>(resolutions - 1);
  std::string text;
  if (is_fusion) {
    text += "\\draw[benchseriesb, line width=2pt, opacity=0.35] (" + exact(x) + ",0) -- (" +
            exact(x) + "," + exact(bottom) + ");\n";
  }
  for (std::size_t i = 0; i < resolutions; ++i) {
    const double y = -0.5 * static_cast<double>(i);
    text += std::string("\\filldraw[draw=white, fill=") +
            (is_fusion ? "benchseriesb" : "benchseriesa") + "] (" + exact(x - 0.19) + "," +
            exact(y - 0.19) + ") rectangle (" + exact(x + 0.19) + "," + exact(y + 0.19) + ");\n";
  }
  return text +
         node(x, 0.45, "", std::string("\\texttt{") + escape_latex(std::string(1, letter)) + "}");
}

std::string network_latex(const ArchitectureDrawing::Network& network) {
  std::string text = "\\begin{tikzpicture}[scale=0.62, baseline=(current bounding box.north)]\n" +
                     node(-0.3, 0.8, "anchor=south west, text width=4.6cm, align=left",
                          escape_latex(network.label));
  double x = 0;
  const auto cells = architecture_cells(network.architecture);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    for (const char letter : cells[cell]) {
      text += module_latex(letter, x, cell + 2);
      x += 0.5;
    }
    x += 0.3;
  }
  return text + "\\end{tikzpicture}";
}

std::string body(const ArchitectureDrawing& drawing) {
  std::string text;
  for (std::size_t i = 0; i < drawing.networks.size(); ++i) {
    text += "\\adjustbox{max width=\\linewidth}{" + network_latex(drawing.networks[i]) + "}\n";
    text += i % 3 == 2 ? "\\par\\smallskip\n" : "\\quad\n";
  }
  return text +
         "\\par\\smallskip{\\footnotesize\\textcolor{benchseriesa}{\\rule{1.2ex}{1.2ex}} parallel"
         "\\quad\\textcolor{benchseriesb}{\\rule{1.2ex}{1.2ex}} fusion (joins all resolutions)}\n";
}

std::string paired_scatter(const PairedImages& paired) {
  std::vector<double> values;
  std::string points;
  for (const auto& pair : finite_pairs(paired)) {
    values.push_back(pair.x);
    values.push_back(pair.y);
    points += point(pair.x, pair.y);
  }
  const PlotScale scale(values, false);
  return "\\begin{tikzpicture}\n\\begin{axis}[benchplot, enlargelimits=false, "
         "width=0.48\\linewidth, height=0.48\\linewidth, xlabel={" +
         escape_latex(paired.contestants[paired.x]) + "}, ylabel={" +
         escape_latex(paired.contestants[paired.y]) + "}" + axis_scale("x", values, false, 5) +
         axis_scale("y", values, false, 5) +
         "]\n\\addplot[only marks, mark=*, mark size=1.2pt, benchseriesa, opacity=0.7] "
         "coordinates {" +
         points + "};\n\\addplot[benchink!45, densely dashed] coordinates {" +
         point(scale.low(), scale.low()) + point(scale.high(), scale.high()) +
         "};\n\\end{axis}\n\\end{tikzpicture}";
}

std::string body(const PairedImages& paired) {
  const auto histogram = difference_histogram(paired);
  std::string text = paired_scatter(paired) +
                     "\\hfill\n\\begin{tikzpicture}\n\\begin{axis}[benchplot, "
                     "width=0.48\\linewidth, height=0.48\\linewidth, ymin=0, grid=none, "
                     "enlargelimits=false, area style, xlabel={difference, " +
                     escape_latex(paired.value.label) + "}, ylabel={images}" +
                     axis_scale("x", histogram.edges, false, 5) +
                     "]\n\\addplot[ybar interval, "
                     "draw=white, fill=benchseriesa!70] coordinates {";
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    text += point(histogram.edges[i], histogram.counts[i]);
  }
  if (!histogram.edges.empty()) text += point(histogram.edges.back(), 0);
  return text + "};\n\\end{axis}\n\\end{tikzpicture}\n";
}

std::string images_latex(const ImageComparison& comparison, const std::vector<std::string>& files) {
  // Many images are smaller, so that they stay on one page.
  const std::size_t count = comparison.images.size();
  const std::size_t across = count > 24 ? 8 : count > 12 ? 6 : 4;
  const std::string width = across == 8 ? "0.107" : across == 6 ? "0.147" : "0.235";
  const std::string size = across == 8 ? "\\scriptsize " : "\\footnotesize ";
  std::string text;
  for (std::size_t i = 0; i < comparison.images.size(); ++i) {
    const auto& file = i < files.size() ? files[i] : std::string();
    text += "\\begin{minipage}[t]{" + width + "\\linewidth}\\centering\n";
    text += file.empty() ? "\\textit{image not stored}"
                         : "\\includegraphics[width=\\linewidth]{" + file + "}";
    text += "\\\\{" + size + escape_latex(comparison.images[i].label) + "}\\end{minipage}\n" +
            (i % across == across - 1 ? "\\par\\smallskip\n" : "\\hspace{0.005\\linewidth}\n");
  }
  return text;
}

}  // namespace

std::string to_latex(const Figure& figure, const std::vector<std::string>& image_files) {
  std::string content;
  if (const auto* images = std::get_if<ImageComparison>(&figure.content)) {
    content = images_latex(*images, image_files);
  } else if (const auto* lines = std::get_if<Lines>(&figure.content)) {
    content = body(*lines);
  } else if (const auto* scatter = std::get_if<Scatter>(&figure.content)) {
    content = body(*scatter);
  } else if (const auto* map = std::get_if<HeatMap>(&figure.content)) {
    content = body(*map);
  } else if (const auto* intervals = std::get_if<Intervals>(&figure.content)) {
    content = body(*intervals);
  } else if (const auto* drawing = std::get_if<ArchitectureDrawing>(&figure.content)) {
    content = body(*drawing);
  } else {
    content = body(std::get<PairedImages>(figure.content));
  }
  return "\\begin{figure}\n\\centering\n" + content + "\\caption{\\textbf{" +
         escape_latex(figure.title) + ".} " + escape_latex(figure.caption) +
         "}\\label{fig:" + figure.id + "}\n\\end{figure}\n";
}

}  // namespace bench::reports
