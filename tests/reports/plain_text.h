#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Reads tables back out of the outputs, with readers that share nothing with the writers.
namespace bench::reports {

using Grid = std::vector<std::vector<std::string>>;

/// The body cells of the one table in a Markdown text, without marks and footnotes.
Grid cells_of_markdown(const std::string& text);

/// The body cells of the one <table> in an HTML text, without marks and footnotes.
Grid cells_of_html(const std::string& text);

/// The body cells of the one tabular in a LaTeX text, without marks and footnotes. A line of
/// intervals is joined to the line above it.
Grid cells_of_latex(const std::string& text);

/// All records of a CSV text, the header among them.
Grid records_of_csv(const std::string& text);

/// `text` with every `from` as `to`.
std::string replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace bench::reports
