#pragma once

#include <string>
#include <vector>

#include "reports/content/figure.h"

namespace bench::reports {

struct ImagePair {
  std::string image;
  double x;
  double y;
};

/// The images that both chosen contestants have a finite score for.
std::vector<ImagePair> finite_pairs(const PairedImages& paired);

struct Histogram {
  std::vector<double> edges;   ///< one more than there are counts; zero is an edge or inside
  std::vector<double> counts;  ///< how many differences y - x are in [edge i, edge i + 1)
};

/// Differences in bins of a round width, about the square root of their number of bins.
Histogram difference_histogram(const PairedImages& paired);

}  // namespace bench::reports
