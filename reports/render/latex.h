#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/content/document.h"

/// LaTeX for a plain texlive pdflatex: booktabs tables and pgfplots figures.
namespace bench::reports {

/// A table float, for `\input` anywhere after preamble.tex. Long ones become a longtable, cut at
/// kLongestPrintedTable rows.
std::string to_latex(const Table& table);

/// A figure float. `image_files`: for an ImageComparison, the file of each of its images
/// relative to report.tex, "" where it has none.
std::string to_latex(const Figure& figure, const std::vector<std::string>& image_files);

/// Packages and colors that tables and figures need.
std::string latex_preamble();

/// report.tex: the whole document; one \input each for preamble.tex, tables/ID.tex and
/// figures/ID.tex.
std::string to_latex(const Document& document);

}  // namespace bench::reports
