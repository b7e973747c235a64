#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json/json_reader.h"
#include "runner/experiment/experiment.h"

/// What an experiment file may name: data sets, methods, protocols. The one place where the reader
/// asks the folders that own them.
namespace bench::runner {

/// The data with the default split where none is named, and with what the catalogue says of the
/// splits in the note. Requires sets and splits that exist and fit the task. \throws BadInput
TaskData with_splits(const core::JsonReader& block, const Task& task, TaskData data);

/// Names of the trainable networks, or of the classical methods.
std::vector<std::string> method_names(bool classical);

/// Whether the method of the catalogue refuses images in color.
bool is_gray_only(const std::string& method);

/// A method whose architecture is found by its own supernet.
struct SearchedMethod {
  std::string name;  ///< in experiment files
  std::string row;   ///< of the derived network in the catalogue
};

/// Those, besides CLEARER.
const std::vector<SearchedMethod>& searched_methods();

/// Requires `options` to be sizes that the method (a row of the catalogue, or "dncnn") has.
/// \throws BadInput naming the nearest one
std::map<std::string, double> read_sizes(const core::JsonReader& options,
                                         const std::string& method);

/// The sizes that a searched method's supernet has, and those of the network derived from it:
/// "search_features" is the supernet's "features".
std::map<std::string, double> sizes_in_search(const std::map<std::string, double>& sizes,
                                              const std::string& method);
std::map<std::string, double> sizes_in_training(std::map<std::string, double> sizes);

/// The canonical strings of a protocol or of a short name of several. \throws BadInput
std::vector<std::string> canonical_protocols(const core::JsonReader& value);

}  // namespace bench::runner
