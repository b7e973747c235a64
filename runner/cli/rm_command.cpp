#include <iostream>

#include "db/run_store.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/execute/stage_store.h"
#include "runner/record/run_file.h"

namespace bench::runner {

int rm_command(int argc, char** argv) {
  CLI::App parser(
      "Removes a run from the record. Its stages stay until\n"
      "bench gc removes those that no run needs.");
  name_parser(parser, "rm");
  std::filesystem::path store;
  std::string name;
  parser.add_option("RUN", name, "run id or its beginning")->required();
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto file = store / "bench.db";
  const auto run_id = db::RunReader(file).find_run(name).run_id;
  const StoreLock lock(store);
  db::RunStore(file).remove_run(run_id);
  remove_run_file(store, run_id);
  std::cout << run_id << ": removed\n";
  return kExitOk;
}

}  // namespace bench::runner
