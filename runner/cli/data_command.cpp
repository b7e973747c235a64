#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/json/bad_input.h"
#include "datasets/adopt.h"
#include "datasets/catalogue.h"
#include "datasets/image.h"
#include "datasets/import.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/launch/process_launcher.h"

namespace bench::runner {
namespace {

using datasets::DataSet;
using nlohmann::json;

std::filesystem::path default_data_root() {
  const char* set = std::getenv("BENCH_DATA_DIR");
  return (set && *set ? std::filesystem::path(set) : std::filesystem::path("../shared")) / "data";
}

bool is_at_hand(const DataSet& set, const std::filesystem::path& root) {
  if (set.layout == datasets::Layout::kEmbedded) return true;
  return std::filesystem::is_directory(root / set.folder);
}

std::filesystem::path clone_of(const DataSet& set, const std::filesystem::path& root) {
  const auto folder = root / ("." + set.name + "-clone");
  const bool cloned =
      output_of({"git", "clone", "--quiet", set.repository, folder.string()}) &&
      output_of({"git", "-C", folder.string(), "checkout", "--quiet", set.revision});
  if (!cloned) {
    throw core::BadInput(set.name + ": " + set.repository + " could not be cloned into " +
                         folder.string() + "; clone it yourself and give --from FOLDER");
  }
  return folder;
}

int list(const std::filesystem::path& root, bool as_json) {
  json all = json::array();
  for (const auto& set : datasets::list()) {
    json splits = json::array();
    std::string names;
    for (const auto& split : set.splits) {
      splits.push_back({{"name", split.name},
                        {"description", split.description},
                        {"published", split.published}});
      names += (names.empty() ? "" : ", ") + split.name;
    }
    all.push_back({{"name", set.name},
                   {"description", set.description},
                   {"kind", datasets::to_string(set.kind)},
                   {"channels", set.channels},
                   {"folder", set.folder},
                   {"at_hand", is_at_hand(set, root)},
                   {"terms", set.terms},
                   {"source", set.source},
                   {"splits", splits}});
    if (!as_json) {
      std::printf("%-8s %-30s %-9s %s [%s]\n", is_at_hand(set, root) ? "at hand" : "-",
                  set.name.c_str(), std::string(datasets::to_string(set.kind)).c_str(),
                  set.description.c_str(), names.c_str());
    }
  }
  if (as_json) std::cout << all.dump(2) << "\n";
  return kExitOk;
}

int verify(const std::string& name, const std::filesystem::path& root, bool as_json) {
  const auto& set = datasets::find(name);
  if (set.layout == datasets::Layout::kEmbedded) {
    std::cout << name << ": made by the program, nothing to verify\n";
    return kExitOk;
  }
  const auto problems = datasets::verify(set, root);
  if (as_json) {
    json list = json::array();
    for (const auto& problem : problems) {
      list.push_back({{"kind", datasets::to_string(problem.kind)},
                      {"path", problem.path},
                      {"detail", problem.detail}});
    }
    std::cout << json{{"data_set", name}, {"problems", list}}.dump(2) << "\n";
  } else {
    for (const auto& problem : problems) {
      std::printf("%-10s %s  %s\n", std::string(datasets::to_string(problem.kind)).c_str(),
                  problem.path.c_str(), problem.detail.c_str());
    }
    std::cout << name << ": "
              << (problems.empty() ? "every file is as its manifest says"
                                   : std::to_string(problems.size()) + " problems")
              << "\n";
  }
  return problems.empty() ? kExitOk : kExitBadInput;
}

// Clones the data set's repository and takes its files out by content, or takes them from a
// folder that the user already has.
int fetch(const std::string& name, const std::filesystem::path& root,
          const std::filesystem::path& from, bool allow_download) {
  const auto& set = datasets::find(name);
  const auto manifest = datasets::committed_manifest(name);
  std::cout << name << ": " << set.description << "\nterms: " << set.terms
            << "\nsource: " << set.source << "\n";
  if (is_at_hand(set, root) && from.empty()) {
    std::cout << "is at hand; bench data verify " << name << " checks it\n";
    return kExitOk;
  }
  if (!manifest) {
    throw core::BadInput(name +
                         ": expected a data set whose files are known, found only its layout; " +
                         "put it into " + (root / set.folder).string() + " by hand");
  }
  std::filesystem::path source = from;
  if (source.empty()) {
    if (set.repository.empty() || !allow_download) {
      throw core::BadInput(name + ": expected --from FOLDER, or --allow-download to clone " +
                           set.repository + " at " + set.revision);
    }
    source = clone_of(set, root);
  }
  const auto adopted = datasets::adopt_files(*manifest, source, root / set.folder);
  std::cout << adopted.copied << " files copied, " << adopted.already_there << " were there, "
            << adopted.missing.size() << " missing\n";
  for (const auto& path : adopted.missing) std::cout << "missing: " << path << "\n";
  return adopted.missing.empty() ? kExitOk : kExitBadInput;
}

int import(const std::string& name, const std::filesystem::path& folder,
           const std::filesystem::path& registry) {
  const auto imported = datasets::import_folder(name, folder);
  datasets::save_imported(registry, imported);
  std::cout << name << ": " << imported.manifest.size() << " files, manifest in "
            << (registry / (name + ".tsv")).string() << "\n";
  return kExitOk;
}

}  // namespace

int data_command(int argc, char** argv) {
  CLI::App parser("Lists, fetches, imports and verifies data sets.");
  name_parser(parser, "data");
  parser.require_subcommand(1);
  std::filesystem::path root = default_data_root(), registry = ".bench/datasets", folder;
  std::string name;
  bool as_json = false, allow_download = false;
  parser.add_option("--root", root, "the folder that holds denoise/, derain/, train/")
      ->capture_default_str();
  auto* list_command = parser.add_subcommand("list", "what is known, and what is at hand");
  list_command->add_flag("--json", as_json, "facts as JSON");
  auto* verify_command = parser.add_subcommand("verify", "every file against its manifest");
  verify_command->add_option("NAME", name)->required();
  verify_command->add_flag("--json", as_json, "facts as JSON");
  auto* fetch_command = parser.add_subcommand("fetch", "gets a data set, after showing its terms");
  fetch_command->add_option("NAME", name)->required();
  fetch_command->add_option("--from", folder, "a folder that holds its files under any names")
      ->check(CLI::ExistingDirectory);
  fetch_command->add_flag("--allow-download", allow_download, "clone its repository");
  auto* import_command = parser.add_subcommand("import", "make a folder of yours a data set");
  import_command->add_option("NAME", name)->required();
  import_command->add_option("FOLDER", folder)->required()->check(CLI::ExistingDirectory);
  import_command->add_option("--registry", registry)->capture_default_str();
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  try {
    if (list_command->parsed()) return list(root, as_json);
    if (verify_command->parsed()) return verify(name, root, as_json);
    if (fetch_command->parsed()) return fetch(name, root, folder, allow_download);
    return import(name, folder, registry);
  } catch (const datasets::DataSetError& error) {
    throw core::BadInput(error.what());
  } catch (const datasets::ImageError& error) {
    throw core::BadInput(error.what());
  }
}

}  // namespace bench::runner
