#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "runner/experiment/experiment.h"

namespace bench::runner {

/// A small experiment that uses every kind of contestant and every optional block.
nlohmann::json example_experiment();

/// Reads an experiment through a file, as the program does.
Experiment read_example(const nlohmann::json& content,
                        const std::vector<std::string>& overrides = {});

/// The message with which `text` is refused; "" if it is read.
std::string refusal_of(const std::string& text, const std::vector<std::string>& overrides = {});

}  // namespace bench::runner
