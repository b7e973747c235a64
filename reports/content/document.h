#pragma once

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

using Block = std::variant<Paragraph, Table, Figure>;

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
  std::vector<std::string> caveats;
  std::vector<Section> sections;
};

}  // namespace bench::reports
