#pragma once

#include <string>
#include <vector>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

/// An experiment's protocols stand without noise, which is each task's own: one name for a column
/// of a table. What is evaluated, scored and judged carries the whole protocol of its task.
namespace bench::runner {

/// The canonical text of a protocol of the experiment as it is on a task: with the task's noise.
/// \pre `protocol` is valid and says no noise
std::string protocol_on(const std::string& protocol, const Degradation& degradation);

std::vector<std::string> protocols_on(const std::vector<std::string>& protocols,
                                      const Degradation& degradation);

/// `protocol`, which stands at `value`, without its noise.
/// \throws BadInput if it names a noise that is not that of each of the tasks.
std::string without_noise(const core::JsonReader& value, const std::string& protocol,
                          const std::vector<Task>& tasks);

}  // namespace bench::runner
