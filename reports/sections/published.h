#pragma once

#include <cstddef>
#include <string>

#include "reports/content/study.h"
#include "reports/content/table.h"

namespace bench::reports {

/// Puts the published numbers of a task's data set beside the measured ones: a column after the
/// last one of `table`, whose row r is contestant r, if the study has any for the table of
/// Study::protocols[number]. Each has a footnote with its source, and with why it cannot be
/// compared where that is so. A number of a protocol that was not measured stands in the first
/// table of its metric.
void add_published_column(const Study& study, std::size_t number, const std::string& task,
                          const std::string& data_set, Table& table);

}  // namespace bench::reports
