#pragma once

#include <string>

#include "core/text/number.h"
#include "reports/content/table.h"

namespace bench::reports {

using text::exact;
using text::rounded;

/// A number as people read it, in parts.
struct NumberText {
  std::string value;
  std::string spread;    ///< "± 0.05", "" without one
  std::string interval;  ///< "[31.10, 31.36]", "" without one
};
NumberText number_text(const Number& number, const Column& column);

/// The whole cell as people read it, without marks and footnotes; the same in Markdown, LaTeX and
/// HTML before escaping. A missing cell is its state.
std::string people_text(const Cell& cell, const Column& column);

}  // namespace bench::reports
