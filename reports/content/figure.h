#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// The one model of a figure: data and words, no ink. Renderers draw it as SVG, as pgfplots, and
/// hand it as JSON to the interactive chart.
namespace bench::reports {

struct Axis {
  std::string label{};  ///< with its unit
  bool is_log = false;
};

/// Quality against cost; one point for each contestant.
struct Scatter {
  struct Point {
    std::string label{};
    double x;
    double y;
    std::optional<double> y_spread{};
    std::size_t style = 0;     ///< color and sign; one contestant has one in all figures
    bool is_on_front = false;  ///< no other point is at least as good in both and better in one
  };
  Axis x{};
  Axis y{};
  std::vector<Point> points{};
};

/// Series over steps. Where a band is given it spans the seeds (smallest to largest).
struct Lines {
  struct Series {
    std::string label{};
    std::vector<double> x{};
    std::vector<double> y{};
    std::vector<double> low{};   ///< empty, or as long as x
    std::vector<double> high{};  ///< empty, or as long as x
    std::size_t style = 0;       ///< as for points
  };
  Axis x{};
  Axis y{};
  std::vector<Series> series{};
};

/// Cells colored from the smallest value (pale) to the largest (dark).
struct HeatMap {
  std::string row_title{};
  std::string column_title{};
  std::string value_title{};  ///< what the color means
  std::vector<std::string> rows{};
  std::vector<std::string> columns{};
  std::vector<std::vector<std::optional<double>>> values{};
  std::vector<std::vector<std::string>> texts{};    ///< written in the cells
  std::vector<std::vector<std::string>> details{};  ///< said of a cell on asking; empty: its text
};

/// Differences with their intervals, one below the other, against zero.
struct Intervals {
  struct Row {
    std::string label{};
    double value = 0;
    double low = 0;
    double high = 0;
    std::string text{};       ///< written beside it
    bool is_decided = false;  ///< drawn full; else hollow
  };
  Axis x{};
  std::string left{};              ///< what it means to lie left of zero
  std::string right{};             ///< and right
  std::optional<double> margin{};  ///< a band around zero: what counts as equal
  bool is_difference = true;       ///< else zero means nothing, and is not drawn
  /// First and last row of those that are not significantly different: a bar at the right for each.
  std::vector<std::pair<std::size_t, std::size_t>> groups{};
  std::vector<Row> rows{};
};

/// Searched networks: one drawing a seed. Cell i of an architecture ("PPFF|PFPF|FFFP", cells
/// separated by "|") works on i + 2 resolutions; letters are columns, P parallel, F fusion.
struct ArchitectureDrawing {
  struct Network {
    std::string label{};
    std::string architecture{};
  };
  std::vector<Network> networks{};
};

/// Every image's score under every contestant, and the pair that is drawn at first.
struct PairedImages {
  Axis value{};
  std::vector<std::string> contestants{};
  std::vector<std::string> images{};
  /// [contestant][image], mean over seeds; absent where there is no finite score
  std::vector<std::vector<std::optional<double>>> values{};
  std::size_t x = 0;  ///< index of the contestant on the x axis
  std::size_t y = 0;
};

/// Images that are looked at together.
struct ImageComparison {
  struct Image {
    std::string label{};
    std::string role{};  ///< "degraded", "restored", "target"
    std::string file{};  ///< absolute path of a PNG
  };
  std::vector<Image> images{};
};

struct Figure {
  std::string id{};  ///< unique in a document; a slug
  std::string title{};
  std::string caption{};
  std::string description{};  ///< the same in words, for those who do not see it
  std::variant<Scatter, Lines, HeatMap, Intervals, ArchitectureDrawing, PairedImages,
               ImageComparison>
      content{};
};

/// The cells of an architecture string: "PPFF|PFPF" -> {"PPFF", "PFPF"}.
std::vector<std::string> architecture_cells(const std::string& architecture);

/// At most `limit` of `count` indices, evenly spread, the first and the last among them.
std::vector<std::size_t> thinned_indices(std::size_t count, std::size_t limit);

}  // namespace bench::reports
