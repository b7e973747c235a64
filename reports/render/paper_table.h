#pragma once

#include <optional>
#include <string>

#include "reports/content/table.h"

namespace bench::reports {

enum class PaperForm {
  kLatex,    ///< needs booktabs alone
  kSiunitx,  ///< LaTeX whose numbers are aligned by siunitx; needs booktabs and siunitx
  kMarkdown,
  kTypst
};

struct PaperOptions {
  PaperForm form = PaperForm::kLatex;
  std::optional<int> digits{};  ///< after the point, of all numbers; absent: those of the columns
  bool with_intervals = false;  ///< "[18.45, 21.55]" behind each number that has one
};

/// The table as it is pasted into a paper: no commands or colors of ours. LaTeX begins with a
/// comment that names the packages. Ends with a line break.
std::string paper_table(Table table, const PaperOptions& options);

}  // namespace bench::reports
