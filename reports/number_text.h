#pragma once

#include <string>

#include "reports/table.h"

namespace bench::reports {

/// `value` with `decimals` behind the point, "−" (U+2212) for minus, "∞" for infinity. A value
/// that rounds to zero has no sign. Independent of the locale.
std::string rounded(double value, int decimals);

/// The shortest digits that read back as the same double (at most max_digits10); "inf", "-inf",
/// "nan" for what has no digits. For files that programs read.
std::string exact(double value);

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
