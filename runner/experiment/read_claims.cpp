#include "runner/experiment/read_parts.h"

#include <algorithm>
#include <filesystem>

#include "runner/experiment/catalogues.h"
#include "runner/experiment/ids_of.h"
#include "runner/experiment/task_protocol.h"
#include "verdicts/claims/claims.h"
#include "verdicts/claims/judge_value.h"

namespace bench::runner {
namespace {

// What each kind is judged by.
std::vector<std::string> needs_of(const std::string& kind) {
  if (kind == "distance") return {"contestant", "other", "value"};
  if (kind == "better") return {"contestant", "other", "task", "protocol"};
  return {"contestant", "task", "protocol", "value"};
}

// Scores carry canonical texts with the noise of their task: any other spelling would find none.
std::string read_protocol(const core::JsonReader& value, const Experiment& experiment,
                          const std::string& task) {
  const auto named = canonical_protocols(value);
  const auto& known = experiment.protocols;
  if (named.size() != 1) value.fail_unknown("one protocol of this experiment", known);
  const auto tasks = task.empty() ? experiment.tasks : std::vector{task_of(experiment, task)};
  const std::string protocol = without_noise(value, named[0], tasks);
  if (std::find(known.begin(), known.end(), protocol) == known.end()) {
    value.fail_unknown("one protocol of this experiment", known);
  }
  return task.empty() ? protocol : protocol_on(protocol, tasks.front().degradation);
}

void read_places(const core::JsonReader& block, const Experiment& experiment, Claim& claim) {
  const auto read_id = [&](const char* key, std::string& field, const auto& items) {
    if (const auto value = block.find(key)) field = value->one_of(ids_of(items));
  };
  read_id("contestant", claim.contestant, experiment.contestants);
  read_id("other", claim.other, experiment.contestants);
  read_id("task", claim.task, experiment.tasks);
}

Claim read_own_claim(const core::JsonReader& block, const Experiment& experiment) {
  block.allow_only({"id", "statement", "source", "published", "kind", "contestant", "other", "task",
                    "protocol", "set", "value", "margin", "why_not"});
  Claim claim{.id = block.at("id").label(),
              .statement = block.at("statement").text(),
              .source = block.at("source").text(),
              .published = block.at("published").text(),
              .kind = block.at("kind").one_of({"distance", "better", "value"})};
  for (const auto& key : needs_of(claim.kind)) block.at(key);
  read_places(block, experiment, claim);
  if (const auto protocol = block.find("protocol")) {
    claim.protocol = read_protocol(*protocol, experiment, claim.task);
    claim.metric = claim.protocol.substr(0, claim.protocol.find('('));
  }
  if (const auto set = block.find("set")) claim.set = set->label();
  if (const auto value = block.find("value")) claim.value = value->number({-1e12, 1e12});
  claim.margin = verdicts::usual_margin(claim.metric);
  if (const auto margin = block.find("margin")) claim.margin = margin->number({0, 1000});
  if (const auto why_not = block.find("why_not")) claim.why_not = why_not->text();
  return claim;
}

const verdicts::PublishedClaim& claim_of(const core::JsonReader& block,
                                         const verdicts::ClaimFile& file) {
  const std::string id = block.at("id").label();
  for (const auto& claim : file.claims) {
    if (claim.id == id) return claim;
  }
  block.at("id").fail_unknown("the id of a claim in " + file.file.string(), ids_of(file.claims));
}

// A number of experiments/claims/, said to speak of a contestant and a task.
Claim read_referred_claim(const core::JsonReader& block, const Experiment& experiment) {
  block.allow_only({"from", "id", "contestant", "task"});
  const auto from = experiment.file.parent_path() / block.at("from").text();
  if (!std::filesystem::is_regular_file(from)) {
    block.at("from").fail("a claims file, relative to the experiment file",
                          ", but there is no file " + from.string());
  }
  const auto file = verdicts::read_claims(from);
  const verdicts::PublishedClaim& published = claim_of(block, file);
  if (published.kind != "value") block.at("id").fail("a claim of kind \"value\"");
  Claim claim{.id = published.id,
              .statement = published.statement,
              .source = published.source,
              .published = published.published,
              .kind = published.kind,
              .protocol = published.protocol,
              .metric = published.metric,
              .value = published.value,
              .margin = published.margin,
              .set = published.data_set,
              .split = published.split,
              .sigma_8bit = published.sigma_8bit,
              .note = published.protocol_note,
              .seeds = published.seeds,
              .certainty = to_string(published.certainty),
              .why_not = verdicts::why_untestable(published)};
  for (const char* key : {"contestant", "task"}) block.at(key);
  read_places(block, experiment, claim);
  return claim;
}

}  // namespace

std::vector<Claim> read_claims(const core::JsonReader& block, const Experiment& experiment) {
  std::vector<Claim> claims;
  for (const auto& element : block.elements()) {
    Claim claim = element.has("from") ? read_referred_claim(element, experiment)
                                      : read_own_claim(element, experiment);
    for (const auto& known : claims) {
      if (known.id == claim.id) element.at("id").fail("an id that no other claim has");
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace bench::runner
