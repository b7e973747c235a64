#pragma once

#include <string>
#include <vector>

#include "runner/experiment/experiment.h"
#include "runner/experiment/json_reader.h"

/// What an experiment file may name: data sets, methods, protocols. The one place where the reader
/// asks the folders that own them.
namespace bench::runner {

/// The data with the default split where none is named, and with what the catalogue says of the
/// splits in the note. Requires sets and splits that exist and fit the task. \throws BadInput
TaskData with_splits(const JsonReader& block, const Task& task, TaskData data);

/// Names of the trainable networks, or of the classical methods.
std::vector<std::string> method_names(bool classical);

/// The canonical strings of a protocol or of a short name of several. \throws BadInput
std::vector<std::string> canonical_protocols(const JsonReader& value);

}  // namespace bench::runner
