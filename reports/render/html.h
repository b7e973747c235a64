#pragma once

#include <map>
#include <string>

#include "reports/content/document.h"

namespace bench::reports {

/// What goes into the page from outside the document.
struct HtmlParts {
  std::string chart_library;  ///< JavaScript, "" if it is not installed: the drawings stay still
  /// File of an image -> what its <img src> holds: a data URI, or a path relative to the page.
  std::map<std::string, std::string> image_sources;
};

/// index.html: one file. No request leaves it, and its policy (CSP) allows only the scripts and
/// the style sheet that it holds, by their hashes. It is whole without script.
std::string to_html(const Document& document, const HtmlParts& parts);

/// One table as an HTML fragment.
std::string to_html(const Table& table);

}  // namespace bench::reports
