#include <algorithm>
#include <iostream>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/command_pages.h"
#include "runner/cli/commands.h"
#include "runner/host/build_facts.h"

namespace bench::runner {
namespace {

std::string page_of(const std::vector<CommandShape>& commands, const std::string& name) {
  if (name.empty()) return man_page(commands, kBenchVersion);
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.name == name) return man_page(command, kBenchVersion);
    names.push_back(command.name);
  }
  throw core::BadInput("bench man: expected a command, found \"" + name + "\"" +
                       core::did_you_mean(name, names));
}

void write_pages(const std::vector<CommandShape>& commands, const std::filesystem::path& folder) {
  files::make_folders(folder);
  files::write_file(folder / "bench.1", man_page(commands, kBenchVersion));
  for (const auto& command : commands) {
    files::write_file(folder / ("bench-" + command.name + ".1"), man_page(command, kBenchVersion));
  }
}

}  // namespace

int man_command(int argc, char** argv) {
  CLI::App parser(
      "Prints the man page of bench or of one of its commands. To read it:\n"
      "  bench man run | man -l -");
  name_parser(parser, "man");
  std::string name;
  std::filesystem::path folder;
  parser.add_option("COMMAND", name, "a command's name [bench itself]");
  parser.add_option("--output", folder, "write all pages into this folder instead");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto commands = all_shapes();
  if (folder.empty()) {
    std::cout << page_of(commands, name);
  } else {
    write_pages(commands, folder);
  }
  return kExitOk;
}

}  // namespace bench::runner
