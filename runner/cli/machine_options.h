#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/text/choices.h"
#include "stages/exchange/settings.h"

namespace bench::runner {

/// An option that takes the names of an enum, or some of them.
template <typename Enum>
CLI::Option* add_choice(CLI::App& parser, const std::string& name, Enum& value,
                        const std::string& help,
                        const std::vector<std::string>& names = text::names_of<Enum>()) {
  return parser
      .add_option_function<std::string>(
          name, [&value](const std::string& given) { value = *text::value_of<Enum>(given); }, help)
      ->check(CLI::IsMember(names))
      ->default_str(text::name_of(value));
}

/// `--threads`, `--device` and `--precision`: where and how one stage computes.
inline void add_machine_options(CLI::App& parser, exchange::Machine& machine) {
  parser.add_option("--threads", machine.threads, "number of CPU threads")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  add_choice(parser, "--device", machine.device, "device to compute on: cpu or cuda");
  add_choice(parser, "--precision", machine.precision, "numeric precision: fp32 or bf16");
}

}  // namespace bench::runner
