#include <iostream>

#include "core/files/write_file.h"
#include "core/text/number.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/export/export_tables.h"

namespace bench::runner {

int export_command(int argc, char** argv) {
  CLI::App parser(
      "Write the scores, costs, curves, facts and stages of a run as\n"
      "tables for other programs, one file each.");
  name_parser(parser, "export");
  std::filesystem::path store, folder;
  std::string name = "latest", form = "csv";
  parser.add_option("RUN", name, "run id, the start of one, or latest")->capture_default_str();
  parser.add_option("--to", form, "csv (RFC 4180) or jsonl (JSON Lines)")
      ->check(CLI::IsMember({"csv", "jsonl"}))
      ->capture_default_str();
  parser.add_option("-o,--output", folder, "folder for the files")->required();
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const db::RunReader reader(store / "bench.db");
  const auto tables = export_tables(reader, reader.find_run(name).run_id);
  files::make_folders(folder);
  for (const auto& table : tables) {
    const auto file = folder / (table.name + "." + form);
    files::write_file(file, form == "csv" ? csv_of(table) : json_lines_of(table));
    std::cout << file.string() << ": "
              << text::thousands(static_cast<std::int64_t>(table.rows.size())) << " rows\n";
  }
  return kExitOk;
}

}  // namespace bench::runner
