#include <iostream>
#include <nlohmann/json.hpp>

#include "db/integrity.h"
#include "db/run_reader.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/execute/stage_store.h"
#include "runner/record/rebuild.h"

namespace bench::runner {
namespace {

// What is wrong with the database, and with the files of the stages that it knows.
std::vector<std::string> problems_of(const std::filesystem::path& store) {
  const auto file = store / "bench.db";
  auto problems = db::check_database(file);
  if (!problems.empty()) return problems;
  const StageStore stages(store);
  const db::RunReader reader(file);
  const auto keys = reader.all_keys();
  for (const auto& key : reader.done_keys(keys)) {
    const auto stored = stages.look(key);
    if (!stored.damage.empty()) {
      problems.push_back(stored.damage);
    } else if (!stored.result) {
      problems.push_back(stages.folder_of(key).string() +
                         ": on record as done, and its result is not there");
    }
  }
  return problems;
}

int check(const std::filesystem::path& store) {
  const auto problems = problems_of(store);
  for (const auto& problem : problems) std::cout << problem << "\n";
  if (problems.empty()) {
    std::cout << (store / "bench.db").string() << ": whole, and so are the files of its stages\n";
    return kExitOk;
  }
  std::cout << "\"bench db rebuild\" makes the database again; bench run does stages again whose "
               "files are damaged\n";
  return kExitStageFailed;
}

int rebuild(const std::filesystem::path& store) {
  const StoreLock lock(store);
  const auto rebuilt = rebuild_database(store);
  for (const auto& sentence : rebuilt.left_out) std::cout << "left out: " << sentence << "\n";
  std::cout << (store / "bench.db").string() << ": made again with " << rebuilt.runs << " runs and "
            << rebuilt.stages << " stages\n";
  if (!rebuilt.moved_aside.empty()) {
    std::cout << "the former one lies at " << rebuilt.moved_aside.string() << "\n";
  }
  return kExitOk;
}

}  // namespace

int db_command(int argc, char** argv) {
  CLI::App parser(
      "check: compares the database and the files of all stages\n"
      "with what was written.\n"
      "rebuild: makes the database again from the folders and\n"
      "keeps the former one beside it.");
  name_parser(parser, "db");
  std::string what;
  std::filesystem::path store;
  parser.add_option("WHAT", what, "check or rebuild")
      ->required()
      ->check(CLI::IsMember({"check", "rebuild"}));
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  return what == "check" ? check(store) : rebuild(store);
}

}  // namespace bench::runner
