#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "runner/carry_out/programs.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/slurm_doctor.h"
#include "runner/cli/store_options.h"
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

// \returns the exit code: whether a run with --launcher slurm could begin.
int report_slurm(const std::filesystem::path& store, bool as_json) {
  auto list = nlohmann::json::array();
  bool good = true;
  for (const auto& [name, value, advice] : examine_slurm(store)) {
    good = good && advice.empty();
    list.push_back({{"name", name}, {"found", value}, {"missing", !advice.empty()}});
    if (!advice.empty()) list.back()["advice"] = advice;
    if (as_json) continue;
    std::printf("%-20s %s\n", name.c_str(), value.c_str());
    if (!advice.empty()) std::printf("%-20s -> %s\n", "", advice.c_str());
  }
  if (as_json) std::cout << list.dump(2) << "\n";
  return good ? kExitOk : kExitStageFailed;
}

}  // namespace

int doctor_command(int argc, char** argv) {
  CLI::App parser("Show the machine, LibTorch, processor, GPU, disk space and versions.");
  name_parser(parser, "doctor");
  bool as_json = false, of_slurm = false;
  std::filesystem::path store;
  auto* slurm =
      parser.add_flag("--slurm", of_slurm, "show what --launcher slurm needs and what is missing");
  add_store_option(parser, store);
  parser.get_option("--store")->needs(slurm);
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  if (of_slurm) return report_slurm(store, as_json);
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
