#pragma once

#include <string>

#include "reports/content/figure.h"

namespace bench::reports {

/// A figure as one <svg> element: no script, no style attribute (the page's policy forbids them);
/// colors come by class from the style sheet around it. An ImageComparison gives "".
std::string to_svg(const Figure& figure);

/// The same as a file of its own: with name space and the light colors inside.
std::string svg_file(const Figure& figure);

}  // namespace bench::reports
