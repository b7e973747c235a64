#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/store_options.h"
#include "runner/decide/verify.h"
#include "runner/experiment/bad_input.h"
#include "stage_files/atomic_file.h"

namespace bench::runner {
namespace {

// The claims meant by a file name, a claim's id, or nothing: then all.
std::vector<PublishedClaim> claims_named(const std::string& name,
                                         const std::filesystem::path& folder) {
  std::vector<PublishedClaim> claims;
  std::vector<std::string> ids;
  const bool is_file = name.ends_with(".json");
  for (const auto& file : is_file ? std::vector{read_claims(name)} : read_claim_folder(folder)) {
    for (const auto& claim : file.claims) {
      ids.push_back(claim.id);
      if (is_file || name.empty() || claim.id == name || file.file.stem() == name) {
        claims.push_back(claim);
      }
    }
  }
  if (!claims.empty()) return claims;
  throw BadInput("bench verify: expected a file of claims or the id of one, found \"" + name +
                 "\"" + did_you_mean(name, ids));
}

}  // namespace

int verify_command(int argc, char** argv) {
  CLI::App parser(
      "What the runs on record say of published numbers: reproduced, within rounding, within\n"
      "seed noise, contradicted, or not testable here, each with its reason.");
  name_parser(parser, "verify");
  std::string name;
  std::filesystem::path folder = "experiments/claims", store, markdown;
  bool as_json = false;
  parser.add_option("CLAIM", name, "a claim's id, a file of claims, or its name [all]");
  parser.add_option("--claims", folder, "the folder of claim files")->capture_default_str();
  parser.add_option("--markdown", markdown, "write the table of verdicts here");
  parser.add_flag("--json", as_json, "facts as JSON");
  add_store_option(parser, store);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto claims = claims_named(name, folder);
  const auto measurements = std::filesystem::exists(store / "bench.db")
                                ? measurements_of_store(db::RunReader(store / "bench.db"))
                                : std::vector<Measurement>{};
  std::vector<JudgedClaim> judged;
  for (const auto& claim : claims) judged.push_back(judge_published(claim, measurements));
  if (!markdown.empty()) stage_files::write_atomically(markdown, verify_markdown(judged));
  std::cout << (as_json ? verify_json(judged) : verify_text(judged));
  return verify_exit_code(judged);
}

}  // namespace bench::runner
