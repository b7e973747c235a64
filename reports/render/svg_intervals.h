#pragma once

#include <string>

#include "reports/content/figure.h"

namespace bench::reports {

/// One row a difference: its name above, the interval as a bar, the mean as a dot, its value at the
/// right; zero is a line, and what counts as equal a band around it.
std::string draw_intervals(const Intervals& intervals, const Figure& figure);

}  // namespace bench::reports
