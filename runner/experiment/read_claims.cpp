#include "runner/experiment/read_claims.h"

#include <algorithm>

#include "runner/experiment/catalogues.h"
#include "runner/experiment/ids_of.h"

namespace bench::runner {
namespace {

// What each kind is judged by.
std::vector<std::string> needs_of(const std::string& kind) {
  if (kind == "distance") return {"contestant", "other", "value"};
  if (kind == "better") return {"contestant", "other", "task", "protocol"};
  return {"contestant", "task", "protocol", "value"};
}

// Scores carry canonical texts: any other spelling would find none.
std::string read_protocol(const JsonReader& value, const Experiment& experiment) {
  const auto named = canonical_protocols(value);
  const auto& known = experiment.protocols;
  if (named.size() != 1 || std::find(known.begin(), known.end(), named[0]) == known.end()) {
    value.fail_unknown("one protocol of this experiment", known);
  }
  return named[0];
}

Claim read_claim(const JsonReader& block, const Experiment& experiment) {
  block.allow_only({"id", "statement", "source", "published", "kind", "contestant", "other", "task",
                    "protocol", "value", "why_not"});
  Claim claim{.id = block.at("id").label(),
              .statement = block.at("statement").text(),
              .source = block.at("source").text(),
              .published = block.at("published").text(),
              .kind = block.at("kind").one_of({"distance", "better", "value"})};
  for (const auto& key : needs_of(claim.kind)) block.at(key);
  const auto read_id = [&](const char* key, std::string& field, const auto& items) {
    if (const auto value = block.find(key)) field = value->one_of(ids_of(items));
  };
  read_id("contestant", claim.contestant, experiment.contestants);
  read_id("other", claim.other, experiment.contestants);
  read_id("task", claim.task, experiment.tasks);
  if (const auto protocol = block.find("protocol")) {
    claim.protocol = read_protocol(*protocol, experiment);
  }
  if (const auto value = block.find("value")) claim.value = value->number({-1e12, 1e12});
  if (const auto why_not = block.find("why_not")) claim.why_not = why_not->text();
  return claim;
}

}  // namespace

std::vector<Claim> read_claims(const JsonReader& block, const Experiment& experiment) {
  std::vector<Claim> claims;
  for (const auto& element : block.elements()) {
    Claim claim = read_claim(element, experiment);
    for (const auto& known : claims) {
      if (known.id == claim.id) element.at("id").fail("an id that no other has");
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace bench::runner
