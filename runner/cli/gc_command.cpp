#include <iostream>
#include <nlohmann/json.hpp>

#include "core/text/number.h"
#include "core/text/visible_text.h"
#include "db/run_store.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/execute/stage_store.h"
#include "runner/launch/slurm_leftovers.h"
#include "runner/record/garbage.h"

namespace bench::runner {
namespace {

// Why the rest stays, and what removing a run would free.
nlohmann::json print_kept(const std::vector<KeptByRun>& runs, bool as_json) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& run : runs) {
    list.push_back({{"run", run.run_id},
                    {"stages", run.stages},
                    {"bytes", run.bytes},
                    {"own_bytes", run.own_bytes}});
    if (as_json) continue;
    std::cout << "kept by " << run.run_id << ": " << run.stages << " stages, "
              << text::bytes(run.bytes) << ", of which " << text::bytes(run.own_bytes)
              << " are needed by no other run\n";
  }
  return list;
}

void print(const std::vector<UnneededStage>& stages, const std::vector<KeptByRun>& kept,
           bool removed, bool as_json) {
  std::int64_t bytes = 0;
  nlohmann::json list = nlohmann::json::array();
  for (const auto& stage : stages) {
    bytes += stage.bytes;
    list.push_back({{"key", stage.key},
                    {"name", text::visible_text(stage.name)},
                    {"folder", stage.folder.string()},
                    {"bytes", stage.bytes}});
    if (as_json) continue;
    std::cout << text::bytes(stage.bytes) << "  " << stage.key.substr(0, 12) << "  "
              << (stage.name.empty() ? "unknown stage" : text::visible_text(stage.name)) << "\n";
  }
  const auto runs = print_kept(kept, as_json);
  if (as_json) {
    nlohmann::json all = {{"removed", removed}, {"bytes", bytes}, {"stages", list}};
    if (!removed) all["kept"] = runs;
    std::cout << all.dump(2) << "\n";
    return;
  }
  std::cout << stages.size() << " stages that no run on record needs, " << text::bytes(bytes)
            << (removed ? ", removed\n" : "\n");
}

}  // namespace

int gc_command(int argc, char** argv) {
  CLI::App parser(
      "Removes stages that no recorded run needs, directly or\n"
      "through other stages. bench rm removes a run.");
  name_parser(parser, "gc");
  std::filesystem::path store;
  bool dry_run = false, as_json = false;
  add_store_option(parser, store);
  parser.add_flag("--dry-run", dry_run, "list what would be removed, and why the rest stays");
  parser.add_flag("--json", as_json, "print JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto file = store / "bench.db";
  if (dry_run) {
    const db::RunReader reader(file);
    print(unneeded_stages(store, reader), kept_by_runs(store, reader), false, as_json);
    return kExitOk;
  }
  const StoreLock lock(store);
  const auto stages = unneeded_stages(store, db::RunReader(file));
  std::vector<std::string> keys;
  for (const auto& stage : stages) {
    keys.push_back(stage.key);
    // The result goes first: a removal that is cut short leaves no stage that seems done.
    std::filesystem::remove(stage.folder / exchange::kResultFile);
    std::filesystem::remove_all(stage.folder);
  }
  db::RunStore(file).remove_stages(keys);
  for (const auto& folder : arrays_of_no_use(store)) std::filesystem::remove_all(folder);
  print(stages, {}, true, as_json);
  return kExitOk;
}

}  // namespace bench::runner
