#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "runner/cost/cost_subject.h"
#include "stages/exchange/settings.h"

namespace bench::runner {

/// What is measured and under which conditions, as options of a command.
struct CostOptions {
  std::string subject;
  std::string size = "64x64";
  std::int64_t channels = 0;  ///< 0: what the method is usually built for
  std::int64_t batch = 0;     ///< 0: one image, or a recipe's usual batch for a step
  exchange::CostStage stage{.repetitions = 10};
  clearer::SearchSpace space;
};

void add_cost_options(CLI::App& parser, CostOptions& options);

/// `--step` and `--strategy`: a step of a training or search instead of a restored image.
void add_step_options(CLI::App& parser, CostOptions& options);

/// The settings of the stage that measures `subject`, all of them checked, and its title.
/// \throws BadInput
exchange::CostStage cost_stage(const CostOptions& options, const std::string& subject);
std::string title_of(const CostOptions& options, const std::string& subject);

}  // namespace bench::runner
