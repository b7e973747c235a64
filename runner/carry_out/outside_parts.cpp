#include "runner/carry_out/outside_parts.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/digest/sha256.h"
#include "core/json/bad_input.h"
#include "datasets/catalogue.h"
#include "datasets/examples.h"
#include "runner/execute/file_digests.h"
#include "runner/experiment/imported_sets.h"

namespace bench::runner {
namespace {

using DataRoots = std::vector<std::filesystem::path>;

// Names and digests of the images of a selection, in their order; "" for those of the program.
std::string contents_of(const DataSelection& selection, const DataRoots& roots,
                        FileDigests& digests, const std::filesystem::path& experiment_file) {
  const auto set = known_set(selection.set, experiment_file);
  if (set.layout == datasets::Layout::kEmbedded) return "";
  auto examples = datasets::list_examples(set, datasets::locate(set, roots),
                                          datasets::find_split(set, selection.split));
  const auto count = static_cast<std::int64_t>(examples.size());
  if (selection.count > 0) {
    examples.resize(static_cast<std::size_t>(std::min(selection.count, count)));
  }
  std::string all = selection.set + "\n";
  for (const auto& example : examples) {
    all += example.name;
    for (const auto& file : {example.target, example.degraded}) {
      all += " " + (file.empty() ? "-" : digests.sha256_of(file));
    }
    all += "\n";
  }
  return all;
}

std::string data_digest(const TaskData& data, const DataRoots& roots, FileDigests& digests,
                        const std::filesystem::path& experiment_file) {
  std::string all;
  if (!data.train.set.empty()) all += contents_of(data.train, roots, digests, experiment_file);
  for (const auto& test : data.test) all += contents_of(test, roots, digests, experiment_file);
  return all.empty() ? "" : digest::sha256_hex(all);
}

std::string program_digest(FileDigests& digests) {
  const char* set = std::getenv("BENCH_STAGE_PROGRAM");
  return set && *set ? digests.sha256_of(std::filesystem::absolute(set)) : "";
}

}  // namespace

void add_outside_parts(Plan& plan, const Profile& profile, const std::filesystem::path& data_root,
                       const std::filesystem::path& store,
                       const std::filesystem::path& experiment_file) {
  FileDigests digests(store / "file_digests");
  try {
    const auto program = program_digest(digests);
    for (auto& stage : plan.stages) {
      stage.program_digest = program;
      if (stage.kind != "prepare") continue;
      stage.data_digest =
          data_digest(profile.data.at(stage.task), {data_root / "data"}, digests, experiment_file);
    }
  } catch (const std::runtime_error& error) {
    throw core::BadInput(error.what());
  }
  digests.save();
}

}  // namespace bench::runner
