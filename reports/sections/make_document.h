#pragma once

#include "reports/content/document.h"
#include "reports/content/study.h"

namespace bench::reports {

/// Builds all tables and figures of a study. Pure; the same study gives the same document.
/// Ids of tables and figures are unique in it, and every table is whole.
Document make_document(const Study& study);

}  // namespace bench::reports
