#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "runner/carry_out/programs.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/host/provenance.h"
#include "runner/launch/command_output.h"

namespace bench::runner {
namespace {

Facts disk_facts() {
  const auto space = std::filesystem::space(".");
  return {{"free disk space here", text::bytes(static_cast<std::int64_t>(space.available))}};
}

// What LibTorch itself says, asked of the program that links it.
Facts libtorch_facts() {
  try {
    const auto said = output_of({stage_program().string(), "--facts"});
    if (!said) return {{"LibTorch", "not available: bench-stage does not start"}};
    Facts facts;
    const auto object = nlohmann::json::parse(*said);
    for (const auto& [name, value] : object.items()) {
      facts.emplace_back(name, value.get<std::string>());
    }
    return facts;
  } catch (const std::exception& error) {
    return {{"LibTorch", error.what()}};
  }
}

}  // namespace

int doctor_command(int argc, char** argv) {
  CLI::App parser("Show the machine, LibTorch, processor, GPU, disk space and versions.");
  name_parser(parser, "doctor");
  bool as_json = false;
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  Facts all;
  for (const auto& facts :
       {program_facts(), libtorch_facts(), machine_facts(), disk_facts(), source_facts(".")}) {
    all.insert(all.end(), facts.begin(), facts.end());
  }
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [name, value] : all) {
    object[name] = value;
    if (!as_json) std::printf("%-20s %s\n", name.c_str(), value.c_str());
  }
  if (as_json) std::cout << object.dump(2) << "\n";
  return kExitOk;
}

}  // namespace bench::runner
