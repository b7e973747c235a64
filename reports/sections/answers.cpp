#include "reports/sections/answers.h"

#include <algorithm>

#include "reports/sections/answer_parts.h"
#include "reports/sections/asked.h"

namespace bench::reports {
namespace {

std::vector<std::string> notes_of(const Study& study, const std::vector<Asked>& all) {
  const bool compares = std::any_of(all.begin(), all.end(),
                                    [](const auto& asked) { return asked.difference.has_value(); });
  if (!compares) return {};
  return {"This speaks of " + study.inference + ", at the budget of profile \"" + study.profile +
          "\"."};
}

}  // namespace

Answers answers_of(const Study& study, const ScoreIndex& scores) {
  const auto all = all_asked(study, scores);
  const int tests = tests_among(all);
  Answers answers{.notes = notes_of(study, all), .figure = answer_figure(study, all)};
  for (const auto& asked : all) answers.list.push_back(answer_of(study, asked, tests));
  return answers;
}

Answers answers_of(const Study& study) {
  return answers_of(study, ScoreIndex(study));
}

}  // namespace bench::reports
