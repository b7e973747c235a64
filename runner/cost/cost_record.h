#pragma once

#include <string>

#include "metrics/complexity_record.h"
#include "stages/exchange/result.h"
#include "stages/exchange/settings.h"

namespace bench::runner {

/// The record that a cost stage has made.
metrics::ComplexityRecord cost_record(const exchange::CostStage& settings,
                                      const exchange::StageResult& result);

/// A record with what it is of.
struct CostReport {
  std::string subject;  ///< as the user named it
  std::string title;
  metrics::ComplexityRecord record;
  std::vector<std::pair<std::string, std::string>> environment;
};

std::string cost_json(const CostReport& report);
std::string cost_table(const CostReport& report);

}  // namespace bench::runner
