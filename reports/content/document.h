#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reports/content/figure.h"
#include "reports/content/study.h"
#include "reports/content/table.h"

namespace bench::reports {

struct Paragraph {
  std::string text;
};

/// What the results say of one hypothesis: a sentence, and the numbers in it.
struct Answer {
  std::string kind;       ///< of the hypothesis: "better", "equal", "differs", "correlates"
  std::string finding{};  ///< "yes", "no" (the contrary is shown), "undecided", "not measured"
  std::string sentence{};
  std::string contestant{};  ///< ids; "" where the kind has none
  std::string other{};
  std::string task{};
  std::string protocol{};  ///< as it is on the task
  std::string unit{};      ///< of effect and interval
  std::string inference{};
  std::optional<double> effect{};  ///< > 0: the contestant is better, whatever the metric
  std::optional<Interval> interval{};
  double confidence = 0.95;  ///< of the interval
  std::optional<double> p{};
  int comparisons = 1;  ///< for how many of them `p` is corrected (Holm)
};

using Block = std::variant<Paragraph, Table, Figure>;

/// Heading of the caveats.
inline constexpr const char* kLimitsTitle = "What this cannot show";

/// Of a row of more figures than this, so many stand open and the others fold.
inline constexpr std::ptrdiff_t kOpenFigures = 2;
inline constexpr bool folds(std::size_t figures) {
  return figures > static_cast<std::size_t>(kOpenFigures) + 1;
}

struct Section {
  std::string id;
  std::string title;
  std::vector<Block> blocks;
};

/// Everything that a report says, before it is written down in some language.
struct Document {
  std::string title;
  std::string question;
  std::vector<std::pair<std::string, std::string>> facts;  ///< (name, value): run, profile, seeds
  std::vector<Answer> answers;                             ///< what comes first
  std::vector<std::string> answer_notes;  ///< of what the answers speak, a sentence each
  std::optional<Figure> answer_figure;    ///< that shows them
  std::vector<std::string> caveats;       ///< what the results cannot show
  std::vector<Section> sections;
};

}  // namespace bench::reports
