#include "runner/experiment/catalogues.h"

#include <algorithm>

#include "baselines/catalogue/method.h"
#include "baselines/catalogue/size.h"
#include "core/json/bad_input.h"
#include "datasets/catalogue.h"
#include "metrics/protocol_names.h"
#include "runner/experiment/imported_sets.h"

namespace bench::runner {
namespace {

// What must be said beside numbers of this split.
std::string note_of(const datasets::DataSet& set, const datasets::Split& split, bool tested) {
  if (!tested || split.published || set.layout == datasets::Layout::kEmbedded) return "";
  return set.name + " (" + split.name + "): not the published split: " + split.description + ". ";
}

// Which images an imported set is made of: its name says it to its owner alone.
std::string note_of_imported(const datasets::ImportedDataSet& imported,
                             const datasets::Split& split) {
  constexpr std::size_t kEnoughOfADigest = 12;
  return imported.data_set.name + " (" + split.name + "): imported images, " +
         std::to_string(imported.manifest.size()) + " files with the manifest SHA-256 " +
         datasets::manifest_sha256(imported.manifest).substr(0, kEnoughOfADigest) + ". ";
}

// Requires `name`, which the file says under `key`, to be one of `names`.
void require_named(const core::JsonReader& block, const std::string& key, const std::string& name,
                   const std::string& what, const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    block.at(key).fail_unknown(what, names);
  }
}

void choose_split(const core::JsonReader& block, const Task& task, DataSelection& selection,
                  bool tested, std::string& note) {
  require_named(block, "set", selection.set,
                "a data set of the catalogue, or one from bench data import",
                known_set_names(block.file()));
  const datasets::DataSet set = known_set(selection.set, block.file());
  const bool pairs = set.kind == datasets::DataSetKind::kPairs;
  if (pairs != (task.degradation.kind == "rain")) {
    block.at("set").fail(task.degradation.kind == "rain"
                             ? "a data set of rainy and clean pairs"
                             : "a data set of clean images (noise is added)");
  }
  if (set.channels < task.channels) block.at("set").fail("color images");
  if (selection.split.empty()) selection.split = set.splits.front().name;
  std::vector<std::string> splits;
  for (const auto& split : set.splits) splits.push_back(split.name);
  require_named(block, "split", selection.split, "a split of " + set.name, splits);
  const auto& split = datasets::find_split(set, selection.split);
  if (const auto description = description_of(selection.set, block.file())) {
    const auto imported = datasets::load_imported_file(*description);
    selection.manifest_sha256 = datasets::manifest_sha256(imported.manifest);
    note += note_of_imported(imported, split);
  } else {
    note += note_of(set, split, tested);
  }
}

std::string place_of_count(const core::JsonReader& block) {
  const auto count = block.find("count");
  return count ? count->place() : "";
}

bool lie_in_one_folder(const datasets::Split& a, const datasets::Split& b) {
  if (a.folders.empty() || b.folders.empty()) return true;
  return std::any_of(a.folders.begin(), a.folders.end(), [&b](const std::string& folder) {
    return std::find(b.folders.begin(), b.folders.end(), folder) != b.folders.end();
  });
}

// Whether two splits of one data set have images in common. Rain1400's are such a trap: DuRN's
// test images 651-1000 are partly among the 1-900 that others train on.
bool share_images(const datasets::Split& a, const datasets::Split& b) {
  const bool by_id = a.first_id >= 0 && b.first_id >= 0;
  if (by_id && (a.last_id < b.first_id || b.last_id < a.first_id)) return false;
  const bool by_parity = a.position_parity >= 0 && b.position_parity >= 0;
  if (by_parity && a.position_parity != b.position_parity) return false;
  return lie_in_one_folder(a, b);
}

// An image that trains says nothing in a test, and one that is tested twice counts twice.
void require_new_images(const core::JsonReader& block, const TaskData& data, std::size_t index) {
  const auto& test = data.test[index];
  const auto same = [&test](const DataSelection& other) {
    return other.set == test.set && other.split == test.split;
  };
  if (data.train.set == test.set) {
    const datasets::DataSet set = known_set(test.set, block.file());
    const auto& trains = datasets::find_split(set, data.train.split);
    if (share_images(trains, datasets::find_split(set, test.split))) {
      block.fail("test images that are not in the training split \"" + data.train.split + "\" (" +
                 trains.description + ")");
    }
  }
  if (std::any_of(data.test.begin(), data.test.begin() + static_cast<std::ptrdiff_t>(index),
                  same)) {
    block.fail("distinct test sets");
  }
}

// Images that train and are tested under another name, or in another weather.
std::string note_of_overlaps(const TaskData& data) {
  std::string note;
  if (data.train.set.empty()) return note;
  for (const auto& test : data.test) {
    if (const auto known = datasets::overlap(data.train.set, test.set)) {
      note += "Trained on " + data.train.set + " and tested on " + test.set + ": " + *known + " ";
    }
  }
  return note;
}

}  // namespace

TaskData with_splits(const core::JsonReader& block, const Task& task, TaskData data) {
  if (const auto train = block.find("train")) {
    choose_split(*train, task, data.train, false, data.note);
    data.train_count_place = place_of_count(*train);
  }
  const auto tests = block.at("test").elements();
  for (std::size_t i = 0; i < tests.size(); ++i) {
    choose_split(tests[i], task, data.test[i], true, data.note);
    data.test_count_places.push_back(place_of_count(tests[i]));
    require_new_images(tests[i], data, i);
  }
  data.note += note_of_overlaps(data);
  return data;
}

std::vector<std::string> canonical_protocols(const core::JsonReader& value) {
  try {
    std::vector<std::string> texts;
    for (const auto& protocol : metrics::resolve(value.text())) {
      texts.push_back(metrics::to_string(protocol));
    }
    return texts;
  } catch (const metrics::InvalidProtocol& error) {
    value.fail("a protocol (docs/protocols.md)", std::string("; ") + error.what());
  }
}

std::vector<std::string> method_names(bool classical) {
  const auto kind = classical ? catalogue::MethodKind::kClassical : catalogue::MethodKind::kNetwork;
  std::vector<std::string> names;
  for (const auto& method : catalogue::catalogue()) {
    if (method.kind == kind && catalogue::stands_alone(method)) names.push_back(method.name);
  }
  // DnCNN of any depth and width: its rows in the catalogue are the two published sizes.
  if (!classical) names.emplace_back("dncnn");
  return names;
}

bool is_gray_only(const std::string& method) {
  return catalogue::method(method).gray_only;
}

const std::vector<SearchedMethod>& searched_methods() {
  static const std::vector<SearchedMethod> methods{{"darts", "darts_cell"}, {"hinas", "hinas"}};
  return methods;
}

std::map<std::string, double> read_sizes(const core::JsonReader& options,
                                         const std::string& method) {
  const auto& known = catalogue::sizes_of(method);
  std::vector<std::string> names;
  for (const auto& size : known) names.push_back(size.name);
  if (names.empty()) options.fail("no options, because " + method + " is built as published");
  options.allow_only(names);
  std::map<std::string, double> sizes;
  for (const auto& size : known) {
    if (const auto value = options.find(size.name)) {
      sizes[size.name] = static_cast<double>(value->integer({size.least, 1e6}));
    }
  }
  return sizes;
}

std::map<std::string, double> sizes_in_search(const std::map<std::string, double>& sizes,
                                              const std::string& method) {
  const auto& known = catalogue::sizes_of(method);
  std::map<std::string, double> own;
  for (const auto& [name, value] : sizes) {
    const bool has_other =
        std::any_of(known.begin(), known.end(),
                    [&, &key = name](const auto& size) { return size.name == "search_" + key; });
    if (!has_other) own[name] = value;
  }
  return own;
}

std::map<std::string, double> sizes_in_training(std::map<std::string, double> sizes) {
  std::erase_if(sizes, [](const auto& size) { return size.first.starts_with("search_"); });
  return sizes;
}

}  // namespace bench::runner
