#pragma once

#include <string>

#include "reports/content/document.h"

namespace bench::reports {

struct MarkdownOptions {
  bool with_figures = true;  ///< links to figures/ID.svg beside the file
};

/// The document as GitHub Markdown. Tables longer than `kLongestPrintedTable` are cut, with the
/// place of the rest.
std::string to_markdown(const Document& document, const MarkdownOptions& options = {});

/// One table with its caption and footnotes.
std::string to_markdown(const Table& table);

/// Rows of a table on paper and in Markdown; all rows are in its CSV file.
constexpr std::size_t kLongestPrintedTable = 120;

}  // namespace bench::reports
