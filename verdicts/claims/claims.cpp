#include "verdicts/claims/claims.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "core/json/json_reader.h"
#include "metrics/protocol_names.h"
#include "verdicts/claims/judge_value.h"

namespace bench::verdicts {
namespace {

const std::vector<std::string> kCertainties = {"verified", "read from image", "recalled",
                                               "computed"};

void read_published(const core::JsonReader& block, PublishedClaim& claim) {
  const auto published = block.at("published");
  claim.published = published.text();
  const char* first = claim.published.data();
  const char* last = first + claim.published.size();
  const auto [end, code] = std::from_chars(first, last, claim.value);
  if (code != std::errc() || end != last) published.fail("a number as printed, such as \"28.54\"");
  claim.digits = decimals_of(claim.published);
}

void read_protocol(const core::JsonReader& block, PublishedClaim& claim) {
  const auto protocol = block.at("protocol");
  claim.protocol = protocol.text();
  if (const auto note = block.find("protocol_note")) claim.protocol_note = note->text();
  if (claim.protocol == "unknown") {
    if (claim.protocol_note.empty())
      protocol.fail("a \"protocol_note\" beside an unknown protocol");
    return;
  }
  try {
    for (const auto& one : metrics::resolve(claim.protocol)) {
      const std::string text = metrics::to_string(one);
      if (!text.starts_with(claim.metric + "(")) continue;
      claim.protocol = text;
      return;
    }
  } catch (const metrics::InvalidProtocol& error) {
    protocol.fail(std::string("\"unknown\" or a protocol (") + error.what() + ")");
  }
  protocol.fail("a protocol of the metric \"" + claim.metric + "\"");
}

PublishedClaim read_claim(const core::JsonReader& block) {
  block.allow_only({"id", "statement", "kind", "published", "metric", "protocol", "protocol_note",
                    "data_set", "split", "sigma_8bit", "method", "other", "margin", "seeds",
                    "source", "certainty", "why_not"});
  PublishedClaim claim{.id = block.at("id").label(),
                       .statement = block.at("statement").text(),
                       .kind = block.at("kind").one_of({"value", "order"})};
  read_published(block, claim);
  claim.metric = block.at("metric").text();
  const auto margin = block.find("margin");
  claim.margin = margin ? margin->number({0, 1000}) : usual_margin(claim.metric);
  read_protocol(block, claim);
  claim.data_set = block.at("data_set").text();
  claim.split = block.at("split").text();
  if (const auto sigma = block.find("sigma_8bit")) claim.sigma_8bit = sigma->number({0, 255});
  claim.method = block.at("method").text();
  if (claim.kind == "order") claim.other = block.at("other").text();
  claim.seeds = block.at("seeds").text();
  claim.source = block.at("source").text();
  const std::string certainty = block.at("certainty").one_of(kCertainties);
  const auto found = std::find(kCertainties.begin(), kCertainties.end(), certainty);
  claim.certainty = static_cast<Certainty>(found - kCertainties.begin());
  if (const auto why_not = block.find("why_not")) claim.why_not = why_not->text();
  return claim;
}

}  // namespace

ClaimFile read_claims(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw core::BadInput(file.string() + ": file not found. Pass a claims file");
  }
  const core::JsonDocument document =
      core::parse_json_document(file.string(), files::read_file(file));
  const core::JsonReader root(document);
  root.allow_only({"$schema", "title", "claims"});
  ClaimFile claims{.file = file, .title = root.at("title").text()};
  std::set<std::string> ids;
  for (const auto& block : root.at("claims").elements()) {
    claims.claims.push_back(read_claim(block));
    if (!ids.insert(claims.claims.back().id).second) block.at("id").fail("each id once");
  }
  return claims;
}

std::vector<ClaimFile> read_claim_folder(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) {
    throw core::BadInput(folder.string() + ": folder not found. Pass a folder with claims files");
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".json") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<ClaimFile> all;
  for (const auto& file : files) all.push_back(read_claims(file));
  return all;
}

std::string to_string(Certainty certainty) {
  return kCertainties[static_cast<std::size_t>(certainty)];
}

std::string why_untestable(const PublishedClaim& claim) {
  if (!claim.why_not.empty()) return claim.why_not;
  if (claim.certainty == Certainty::kRecalled) {
    return "recalled from memory, not read in the source, so it cannot test a measurement";
  }
  return claim.protocol == "unknown" ? "protocol unknown: " + claim.protocol_note : "";
}

}  // namespace bench::verdicts
