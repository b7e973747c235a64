#include <iostream>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "core/json/json_document.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "verdicts/compare/json_difference.h"

namespace bench::runner {
namespace {

nlohmann::json read_json(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw core::BadInput(file.string() + ": file not found");
  }
  return core::parse_json_document(file.string(), files::read_file(file)).root;
}

}  // namespace

int diff_command(int argc, char** argv) {
  CLI::App parser("List the values in which two experiment files differ, by path.");
  name_parser(parser, "diff");
  std::filesystem::path first, second;
  bool as_json = false;
  parser.add_option("X", first, "experiment file")->required();
  parser.add_option("Y", second, "other experiment file")->required();
  parser.add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto differences = verdicts::json_differences(read_json(first), read_json(second));
  if (as_json) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& one : differences) {
      list.push_back({{"path", one.path}, {"first", one.first}, {"second", one.second}});
    }
    std::cout << list.dump(2) << "\n";
    return kExitOk;
  }
  for (const auto& one : differences) {
    std::cout << one.path << ": " << (one.first.empty() ? "absent" : one.first) << " | "
              << (one.second.empty() ? "absent" : one.second) << "\n";
  }
  if (differences.empty()) std::cout << "no differences\n";
  return kExitOk;
}

}  // namespace bench::runner
