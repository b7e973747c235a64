#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/content/document.h"
#include "reports/content/study.h"
#include "reports/sections/score_index.h"

namespace bench::reports {

/// What the results say of the hypotheses of a study.
struct Answers {
  std::vector<Answer> list{};        ///< in the order asked; one for each contestant and task
  std::vector<std::string> notes{};  ///< of what they speak, what they are corrected for
  std::optional<Figure> figure{};    ///< absent where there is nothing to draw
};

/// Every sentence is made of labels and numbers; no study has prose of its own. "Better" is said
/// where the test over seeds and images (Study::inference) rejects at 5 %, corrected by Holm's
/// steps for all tests that the study asks for; "equal" where the 90 % interval lies within the
/// margin; "different architectures" by a permutation test; a correlation of ranks by its own.
/// All images of a task are taken together, whatever their data set.
Answers answers_of(const Study& study, const ScoreIndex& scores);

/// The same where no index has been built yet.
Answers answers_of(const Study& study);

}  // namespace bench::reports
