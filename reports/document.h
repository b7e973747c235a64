#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reports/figure.h"
#include "reports/study.h"
#include "reports/table.h"

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

/// Builds all tables and figures of a study. Pure; the same study gives the same document.
/// Ids of tables and figures are unique in it, and every table is whole.
Document make_document(const Study& study);

}  // namespace bench::reports
