#include "runner/plan/estimate_memory.h"

#include <algorithm>
#include <map>
#include <vector>

#include "datasets/catalogue.h"
#include "datasets/examples.h"
#include "datasets/image_file.h"
#include "stages/memory/estimate.h"

namespace bench::runner {
namespace {

using exchange::DataSelection;

std::int64_t pixels_of(const std::filesystem::path& file) {
  if (file.empty()) return 0;
  const auto info = datasets::inspect_image(file);
  return std::int64_t{info.height} * info.width;
}

/// Images that the program makes are all of one size.
std::int64_t embedded_pixels(const datasets::DataSet& set, const datasets::Split& split,
                             const DataSelection& selection) {
  const auto first = datasets::load_examples(set, {}, split.name, {.limit = 1}).front();
  const auto in_split = split.last_id - split.first_id + 1;
  const auto count = selection.count > 0 ? std::min(selection.count, in_split) : in_split;
  const auto images = std::int64_t{first.target.has_value()} + first.degraded.has_value();
  return count * images * first.target->height * first.target->width;
}

std::int64_t pixels_in_files(const datasets::DataSet& set, const datasets::Split& split,
                             const DataSelection& selection,
                             const std::filesystem::path& data_root) {
  const std::vector<std::filesystem::path> roots = {data_root / "data"};
  std::int64_t pixels = 0, taken = 0;
  for (const auto& example : datasets::list_examples(set, datasets::locate(set, roots), split)) {
    if (selection.count > 0 && taken++ == selection.count) break;
    const bool side_by_side = example.target == example.degraded;
    pixels += pixels_of(example.target) + (side_by_side ? 0 : pixels_of(example.degraded));
  }
  return pixels;
}

}  // namespace

std::int64_t training_data_bytes(const exchange::TaskSettings& task,
                                 const std::filesystem::path& data_root) {
  try {
    const auto& set = datasets::find(task.train.set);
    const auto& split =
        task.train.split.empty() ? set.splits.front() : datasets::find_split(set, task.train.split);
    const auto pixels = set.layout == datasets::Layout::kEmbedded
                            ? embedded_pixels(set, split, task.train)
                            : pixels_in_files(set, split, task.train, data_root);
    return pixels * task.channels;
  } catch (const std::runtime_error&) {
    return 0;  // missing: the run itself will say so
  }
}

void estimate_memory(Plan& plan, const std::filesystem::path& data_root) {
  std::map<std::string, std::int64_t> data_bytes;  // by task
  for (auto& stage : plan.stages) {
    if (stage.kind != "train" && stage.kind != "search") continue;
    const auto task = stage.kind == "train"
                          ? exchange::parse_train_stage(stage.settings_json).task
                          : exchange::parse_search_stage(stage.settings_json).task;
    if (!data_bytes.contains(task.id)) {
      data_bytes[task.id] = training_data_bytes(task, data_root);
    }
    stage.estimated_bytes =
        memory::estimated_bytes(stage.kind, stage.settings_json, data_bytes[task.id]);
  }
}

}  // namespace bench::runner
