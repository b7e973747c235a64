#include "runner/experiment/imported_sets.h"

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "datasets/catalogue.h"
#include "runner/experiment/project.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> registries_for(const fs::path& experiment_file) {
  std::vector<fs::path> registries = {registry_of(project_here())};
  const fs::path of_file = registry_of(project_of(experiment_file));
  if (of_file != registries.front()) registries.push_back(of_file);
  return registries;
}

std::vector<datasets::DataSet> imported_sets(const fs::path& experiment_file) {
  std::vector<datasets::DataSet> sets;
  for (const auto& registry : registries_for(experiment_file)) {
    for (const auto& imported : datasets::load_imported(registry)) {
      sets.push_back(imported.data_set);
    }
  }
  return sets;
}

}  // namespace

fs::path registry_of(const fs::path& project) {
  return store_of(project) / "datasets";
}

std::optional<fs::path> description_of(const std::string& name, const fs::path& experiment_file) {
  std::optional<fs::path> found;
  for (const auto& registry : registries_for(experiment_file)) {
    const fs::path file = registry / (name + ".tsv");
    if (!fs::is_regular_file(file)) continue;
    // Two sets of one name would be two answers to one question.
    if (found && files::read_file(*found) != files::read_file(file)) {
      throw core::BadInput("data set \"" + name + "\": expected one imported set of this name, " +
                           "found two: " + found->string() + " and " + file.string() +
                           ". Import one of them under another name, or remove its file");
    }
    if (!found) found = file;
  }
  return found;
}

datasets::DataSet known_set(const std::string& name, const fs::path& experiment_file) {
  return datasets::find(name, imported_sets(experiment_file));
}

std::vector<std::string> known_set_names(const fs::path& experiment_file) {
  std::vector<std::string> names;
  for (const auto& set : datasets::list()) names.push_back(set.name);
  for (const auto& set : imported_sets(experiment_file)) names.push_back(set.name);
  return names;
}

std::map<std::string, std::string> descriptions_for(const Profile& profile,
                                                    const fs::path& experiment_file) {
  std::map<std::string, std::string> descriptions;
  const auto add = [&](const DataSelection& selection) {
    if (selection.manifest_sha256.empty()) return;
    if (const auto file = description_of(selection.set, experiment_file)) {
      descriptions[selection.set] = fs::absolute(*file).string();
    }
  };
  for (const auto& [task, data] : profile.data) {
    add(data.train);
    for (const auto& test : data.test) add(test);
  }
  return descriptions;
}

}  // namespace bench::runner
