#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/files/read_file.h"
#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "runner/carry_out/programs.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "verdicts/verify/definitions.h"
#include "verdicts/verify/verify.h"
#include "verdicts/verify/verify_experiment.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

bool is_experiment(const fs::path& file) {
  if (!fs::is_regular_file(file)) return false;
  const auto content = nlohmann::json::parse(files::read_file(file), nullptr, false);
  return content.is_object() && content.contains("profiles");
}

// The file of the experiment that `name` is or means: experiments/ holds the folder of claims.
fs::path experiment_named(const std::string& name, const fs::path& claims) {
  const fs::path named = fs::path(claims).parent_path() / (name + ".json");
  for (const auto& file : {given_or_installed(name), named}) {
    if (is_experiment(file)) return file;
  }
  return {};
}

// The claims meant by a file name, a claim's id, or nothing: then all.
std::vector<verdicts::PublishedClaim> claims_named(const std::string& name,
                                                   const fs::path& folder) {
  std::vector<verdicts::PublishedClaim> claims;
  std::vector<std::string> ids;
  const bool is_file = name.ends_with(".json");
  for (const auto& file :
       is_file ? std::vector{verdicts::read_claims(name)} : verdicts::read_claim_folder(folder)) {
    for (const auto& claim : file.claims) {
      ids.push_back(claim.id);
      if (is_file || name.empty() || claim.id == name || file.file.stem() == name) {
        claims.push_back(claim);
      }
    }
  }
  if (!claims.empty()) return claims;
  throw core::BadInput("verify: no experiment, claims file or claim is called \"" + name + "\"" +
                       core::did_you_mean(name, ids));
}

std::vector<verdicts::Measurement> measured_in(const fs::path& store) {
  if (!fs::exists(store / "bench.db")) return {};
  return verdicts::measurements_of_store(db::RunReader(store / "bench.db"));
}

// The numbers that an experiment holds its results against, as published.
std::vector<verdicts::PublishedClaim> claims_in(const Experiment& experiment) {
  std::vector<verdicts::PublishedClaim> claims;
  for (const auto& claim : experiment.claims) {
    if (claim.kind != "value") continue;
    claims.push_back({.id = claim.id,
                      .statement = claim.statement,
                      .kind = claim.kind,
                      .published = claim.published,
                      .value = claim.value,
                      .digits = verdicts::decimals_of(claim.published),
                      .margin = claim.margin,
                      .metric = claim.metric,
                      .protocol = claim.protocol,
                      .data_set = claim.set,
                      .split = claim.split,
                      .sigma_8bit = claim.sigma_8bit.value_or(0.0),
                      .method = claim.contestant,
                      .seeds = claim.seeds,
                      .source = claim.source});
  }
  return claims;
}

std::vector<verdicts::JudgedClaim> judge_all(const std::vector<verdicts::PublishedClaim>& claims,
                                             const fs::path& store) {
  const auto measurements = measured_in(store);
  std::vector<verdicts::JudgedClaim> judged;
  for (const auto& claim : claims) judged.push_back(verdicts::judge_published(claim, measurements));
  return judged;
}

int print_definitions(const std::vector<verdicts::PrintedRow>& rows, const fs::path& markdown,
                      bool as_json, bool all) {
  if (!markdown.empty()) files::write_file(markdown, verdicts::definitions_markdown(rows, all));
  std::cout << (as_json ? verdicts::definitions_json(rows) : verdicts::definitions_text(rows, all));
  const bool any = std::any_of(rows.begin(), rows.end(),
                               [](const auto& row) { return !row.definitions.empty(); });
  return any ? kExitOk : kExitNothingMeasured;
}

}  // namespace

int verify_command(int argc, char** argv) {
  CLI::App parser(
      "Check published numbers against recorded runs. Each is reproduced, within rounding,\n"
      "within seed noise, within its margin, contradicted or not testable, with the reason.\n"
      "--protocols says which definition of a score gives a number.");
  name_parser(parser, "verify");
  std::string name;
  fs::path folder = "experiments/claims", store, markdown;
  bool as_json = false, all = false, by_protocol = false;
  parser.add_option("CLAIM", name, "experiment, claims file or claim id [all claims files]");
  parser.add_option("--claims", folder, "folder with claims files")->capture_default_str();
  parser.add_option("--markdown", markdown, "write the table of verdicts to this file");
  parser.add_flag("--all", all, "list every claim or definition");
  parser.add_flag("--protocols", by_protocol, "score under every definition measured");
  parser.add_flag("--json", as_json, "print the result as JSON");
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  folder = given_or_installed(folder);
  const auto experiment = experiment_named(name, folder);
  if (by_protocol) {
    const auto rows = verdicts::definitions_of(
        experiment.empty() ? claims_named(name, folder) : claims_in(read_experiment(experiment)),
        measured_in(store));
    return print_definitions(rows, markdown, as_json, all);
  }
  const auto judged = experiment.empty()
                          ? judge_all(claims_named(name, folder), store)
                          : verdicts::judge_experiment(read_experiment(experiment), store);
  if (!markdown.empty()) files::write_file(markdown, verdicts::verify_markdown(judged));
  std::cout << (as_json ? verdicts::verify_json(judged) : verdicts::verify_text(judged, all));
  return verdicts::verify_exit_code(judged);
}

}  // namespace bench::runner
