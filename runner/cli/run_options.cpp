#include "runner/cli/run_options.h"

#include <charconv>
#include <set>
#include <sstream>

#include "core/json/bad_input.h"

namespace bench::runner {
namespace {

// An option that is given says something: `--seeds "$SEEDS"` with an unset variable is a mistake.
const CLI::Validator& not_empty() {
  static const CLI::Validator check(
      [](const std::string& value) {
        return value.empty() ? std::string("expected a value, found an empty one") : std::string();
      },
      "", "not empty");
  return check;
}

}  // namespace

void add_run_options(CLI::App& parser, RunOptions& options) {
  RunRequest& request = options.request;
  parser.add_option("EXPERIMENT", request.experiment_file, "experiment file (JSON)")->required();
  parser
      .add_option("--profile", request.profile,
                  "budget: quick, small or paper [the file's default]")
      ->check(not_empty());
  parser.add_option("--seeds", options.seeds, "seeds to use, such as 1,2,3 [those of the file]")
      ->check(not_empty());
  parser.add_option("--set", request.overrides, "change a value: profiles.quick.train.steps=100")
      ->take_all()
      ->expected(1);
  parser.add_option("--store", request.store, "folder for results [.bench in the project]")
      ->check(not_empty());
}

void add_report_option(CLI::App& parser, RunOptions& options) {
  parser
      .add_option("--report", options.request.report_folder, "folder for the report [results/NAME]")
      ->check(not_empty());
}

void finish_run_options(RunOptions& options) {
  if (options.seeds.empty()) return;
  std::istringstream list(options.seeds + (options.seeds.ends_with(',') ? "," : ""));
  std::set<std::uint64_t> seen;
  for (std::string item; std::getline(list, item, ',');) {
    std::uint64_t seed = 0;
    const auto [end, code] = std::from_chars(item.data(), item.data() + item.size(), seed);
    const bool good = code == std::errc() && end == item.data() + item.size() && seed > 0 &&
                      seed <= 9'000'000'000'000'000;
    if (!good || !seen.insert(seed).second) {
      throw core::BadInput("--seeds: expected distinct positive integers such as 1,2,3, found \"" +
                           options.seeds + "\"");
    }
    options.request.seeds.push_back(seed);
  }
  if (options.request.seeds.size() > kMostSeeds) {
    throw core::BadInput("--seeds: expected at most " + std::to_string(kMostSeeds) +
                         " seeds, found " + std::to_string(options.request.seeds.size()));
  }
}

}  // namespace bench::runner
