#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/content/study.h"
#include "reports/sections/architecture_distance.h"
#include "reports/sections/method_difference.h"
#include "reports/sections/score_index.h"

/// The numbers behind the answers, before they are put into words.
namespace bench::reports {

/// How far the architectures of two searches lie apart.
struct ArchitectureDifference {
  int modules = 0;
  std::size_t left = 0;  ///< searches of each
  std::size_t right = 0;
  double between = 0;     ///< modules that differ, mean over pairs
  double within = 0;      ///< the same between seeds of one search
  double smallest_p = 1;  ///< that so few searches can give
};

/// Do ranks go together?
struct Correlation {
  double rho = 0;  ///< > 0: more of it is better
  std::optional<Interval> interval{};
  struct Point {
    std::string contestant;  ///< id
    double x;
    double y;
  };
  std::vector<Point> points{};
};

/// One comparison that a hypothesis asks for.
struct Asked {
  const Ask* ask = nullptr;
  std::string other{};
  std::string task{};
  std::string why_not{};  ///< nothing was measured that could answer it, and why
  std::optional<MethodDifference> difference{};
  std::optional<MethodEquivalence> equivalence{};
  std::optional<ArchitectureDifference> architectures{};
  std::optional<Correlation> correlation{};
  std::optional<double> p{};            ///< of the test that decides
  std::optional<double> corrected_p{};  ///< for all tests of the study
};

/// All comparisons of a study, one for each other contestant and task.
std::vector<Asked> all_asked(const Study& study, const ScoreIndex& scores);

/// For how many tests `corrected_p` is corrected.
int tests_among(const std::vector<Asked>& all);

}  // namespace bench::reports
