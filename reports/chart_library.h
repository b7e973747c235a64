#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench::reports {

/// Where Debian puts Vega: packages libjs-vega and node-vega.
std::vector<std::filesystem::path> usual_chart_library_folders();

/// Vega (vega.github.io) as one script, put together from the modules in the first of `folders`
/// that holds all of them; "" if none does. The script defines `benchChartLibrary`.
///
/// The folder holds MODULE.min.js (libjs-vega) or MODULE/build/MODULE.min.js (node-vega).
std::string chart_library(const std::vector<std::filesystem::path>& folders);

}  // namespace bench::reports
