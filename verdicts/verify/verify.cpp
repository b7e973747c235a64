#include "verdicts/verify/verify.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/text/number.h"
#include "datasets/catalogue.h"
#include "metrics/score.h"
#include "metrics/statistics/crossed_comparison.h"
#include "metrics/statistics/sample.h"
#include "runner/study/describe.h"
#include "verdicts/compare/choose_scores.h"
#include "verdicts/verify/definitions.h"

namespace bench::verdicts {
namespace {

using nlohmann::json;

bool tests_claims(const db::RunRecord& run) {
  if (!runner::is_as_stated(run)) return false;
  const json experiment = json::parse(run.experiment_text, nullptr, false);
  const json::json_pointer place("/profiles/" + run.profile + "/tests_claims");
  return experiment.is_object() && experiment.contains(place) &&
         experiment.at(place).is_boolean() && experiment.at(place).get<bool>();
}

// The network's or classical method's catalogue name, where the settings have one.
std::string method_in(const json& settings) {
  for (const char* holder : {"network", "classical"}) {
    if (settings.contains(holder) && settings.at(holder).is_object()) {
      return settings.at(holder).value("method", "");
    }
  }
  return settings.value("method", "");
}

Chance chance_in(const db::StageRecord& evaluation, const json& settings, bool noise_each_seed) {
  const bool noisy = settings.at("task").at("degradation").value("kind", "") == "gaussian";
  return chance_of(is_of_trained_model(evaluation), noisy, noise_each_seed);
}

using SetAndProtocol = std::pair<std::string, std::string>;

// The mean of each set under each protocol, over its images; a PSNR by both of its averages.
std::map<SetAndProtocol, double> set_means(const db::RunReader& reader, const std::string& key) {
  std::map<SetAndProtocol, std::vector<double>> scores;
  const std::vector<std::string> keys = {key};
  for (const auto& score : reader.scores(keys)) {
    scores[{score.data_set, score.protocol}].push_back(score.value);
  }
  std::map<SetAndProtocol, double> means;
  const std::string by_image = "agg=image-mean", by_error = "agg=mse-mean";
  for (const auto& [name, values] : scores) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    means[name] = sum / static_cast<double>(values.size());
    const auto place = name.second.find(by_image);
    if (!name.second.starts_with("psnr(") || place == std::string::npos) continue;
    auto text = name.second;
    text.replace(place, by_image.size(), by_error);
    means.try_emplace({name.first, text},
                      metrics::score_of_set(metrics::parse_protocol(text), values).value);
  }
  return means;
}

void add_evaluation(const db::RunReader& reader, const db::RunRecord& run,
                    const db::RunStage& stage, std::map<std::string, Measurement>& found) {
  const auto record = reader.done_stage(stage.key);
  if (!record) return;
  const json settings = json::parse(record->settings_json);
  const json& task = settings.at("task");
  for (const auto& [name, mean] : set_means(reader, stage.key)) {
    auto& one = found[run.run_id + "\n" + stage.contestant + "\n" + stage.task + "\n" + name.first +
                      "\n" + name.second];
    one.run = run.run_id;
    one.profile = run.profile;
    one.profile_tests_claims = tests_claims(run);
    one.contestant = stage.contestant;
    one.method = method_in(settings);
    one.data_set = name.first;
    one.base_set = datasets::base_of(name.first);
    one.protocol = name.second;
    for (const auto& test : task.at("test")) {
      if (test.at("set") != name.first) continue;
      one.split = test.value("split", "");
      one.count = test.value("count", std::int64_t{0});
    }
    one.sigma_8bit = task.at("degradation").value("sigma_8bit", 0.0);
    one.seed_means.push_back(mean);
    one.noise_seeds.insert(settings.value("noise_seed", std::int64_t{0}));
    one.chance = chance_in(*record, settings, one.noise_seeds.size() > 1);
  }
}

// The measurements left after each condition; the first condition that leaves none is the reason.
struct Search {
  std::vector<const Measurement*> left = {};
  std::string reason = {};
  std::string group = {};  ///< the same for all claims that lack the same

  void keep(const std::function<bool(const Measurement&)>& fits, const std::string& otherwise,
            const std::string& kind) {
    if (!reason.empty()) return;
    std::erase_if(left, [&](const Measurement* one) { return !fits(*one); });
    if (left.empty()) {
      reason = otherwise;
      group = kind;
    }
  }
};

std::string sigma_text(const PublishedClaim& claim) {
  return claim.sigma_8bit > 0 ? " at sigma " + text::fixed(claim.sigma_8bit, 0) : "";
}

const Measurement* found_for(const PublishedClaim& claim, const std::string& method,
                             const std::vector<Measurement>& all, JudgedClaim& judged) {
  Search search;
  for (const auto& one : all) search.left.push_back(&one);
  if (all.empty()) search.reason = search.group = "the store has no measured run";
  search.keep([&](const auto& one) { return one.data_set == claim.data_set; },
              "no recorded run was evaluated on " + claim.data_set,
              "no recorded run was evaluated on " + claim.data_set);
  search.keep([&](const auto& one) { return one.split.empty() || one.split == claim.split; },
              "no recorded run was evaluated on split " + claim.split + " of " + claim.data_set,
              "no recorded run was evaluated on split " + claim.split + " of " + claim.data_set);
  search.keep([&](const auto& one) { return std::abs(one.sigma_8bit - claim.sigma_8bit) < 1e-9; },
              claim.data_set + " was not measured" + sigma_text(claim),
              "the noise level was not measured on " + claim.data_set);
  search.keep([&](const auto& one) { return one.contestant == method || one.method == method; },
              method + " was not measured on " + claim.data_set + sigma_text(claim),
              "the method was not measured on " + claim.data_set);
  search.keep([&](const auto& one) { return one.protocol == claim.protocol; },
              method + " was measured on " + claim.data_set + ", but not under " + claim.protocol,
              "the method was measured under other protocols");
  search.keep([](const auto& one) { return one.count == 0; },
              "only some images of " + claim.data_set + " were measured",
              "only some images were measured");
  search.keep([](const auto& one) { return one.profile_tests_claims; },
              "not comparable: data and budget differ from the source (" + method +
                  " was measured under another profile or with --set)",
              "data and budget of the run differ from the source");
  judged.reason = search.reason;
  judged.group = search.group;
  if (!judged.reason.empty()) return nullptr;
  const auto has_its_name = [&](const auto* one) { return one->contestant == method; };
  if (std::any_of(search.left.begin(), search.left.end(), has_its_name)) {
    std::erase_if(search.left, [&](const auto* one) { return !has_its_name(one); });
  }
  // Of several runs the one with the most seeds, whatever its result.
  return *std::max_element(
      search.left.begin(), search.left.end(),
      [](const auto* a, const auto* b) { return a->seed_means.size() < b->seed_means.size(); });
}

void judge_value(const PublishedClaim& claim, const Measurement& one, JudgedClaim& judged) {
  const auto number =
      judge_number({claim.value, claim.digits, draws_stated(claim.seeds), claim.margin},
                   one.seed_means, one.chance);
  judged.measured = number.measured;
  judged.difference = number.difference;
  judged.verdict = number.verdict;
  judged.reason = "run " + one.run + ", " + std::to_string(one.seed_means.size()) +
                  (one.seed_means.size() == 1 ? " seed: " : " seeds: ") + number.reason;
}

std::vector<std::vector<double>> seed_rows(const Measurement& one) {
  std::vector<std::vector<double>> rows;
  for (const double mean : one.seed_means) rows.push_back({mean});
  return rows;
}

void judge_order(const PublishedClaim& claim, const Measurement& first, const Measurement& second,
                 JudgedClaim& judged) {
  const double difference =
      statistics::mean(first.seed_means) - statistics::mean(second.seed_means);
  judged.measured = text::with_sign(difference, claim.digits);
  judged.difference = text::with_sign(difference - claim.value, claim.digits + 1);
  const bool same_sign = (difference > 0) == (claim.value > 0);
  if (first.chance == Chance::kNone && second.chance == Chance::kNone) {
    const bool told_apart =
        text::fixed(std::abs(difference), claim.digits) != text::fixed(0.0, claim.digits);
    judged.reason = "neither side depends on chance";
    judged.verdict = !told_apart ? Verdict::kWithinRounding
                     : same_sign ? Verdict::kReproduced
                                 : Verdict::kContradicted;
    return;
  }
  // A published order is one of its own test set: the images are all there are, and each seed's
  // mean over them is one score.
  const auto a = seed_rows(first), b = seed_rows(second);
  const auto comparison = statistics::crossed_comparison(
      {a, first.chance != Chance::kNone}, {b, second.chance != Chance::kNone},
      {.inference = statistics::Inference::kMethodsOnThisTestSet,
       .seeds = statistics::Seeds::kUnmatched});
  if (!comparison.refusal.empty()) {
    judged.reason = "one seed per side gives no spread, which a ranking needs";
    return;
  }
  judged.reason =
      "test over seeds (methods, on this test set), p = " + text::fixed(comparison.p, 4);
  if (comparison.p > 0.05) {
    judged.verdict = Verdict::kWithinSeedNoise;
  } else {
    judged.verdict = same_sign ? Verdict::kReproduced : Verdict::kContradicted;
  }
}

// A number that the source prints, read in it, whose protocol is all that is not known.
bool is_open_to_definitions(const PublishedClaim& claim) {
  return claim.kind == "value" && claim.protocol == "unknown" && claim.why_not.empty() &&
         claim.certainty != Certainty::kRecalled;
}

std::string group_of_untestable(const PublishedClaim& claim) {
  if (!claim.why_not.empty()) return "the claim says why no run can test it";
  if (claim.certainty == Certainty::kRecalled) return "recalled, not read in the source";
  return "the source does not state its protocol";
}

// Some definition may give the number: which is said, and how many would by chance.
void judge_by_definitions(const std::vector<Measurement>& measurements, JudgedClaim& judged) {
  const auto row = definitions_of(judged.claim, measurements);
  if (row.definitions.empty()) return;
  const auto& nearest = row.definitions.front();
  judged.measured = nearest.numbers.front().measured;
  judged.difference = nearest.numbers.front().difference;
  const auto counts = std::to_string(row.agreeing) + " of " +
                      std::to_string(row.definitions.size()) + " measured definitions agree, " +
                      text::fixed(row.by_chance, 1) + " would by chance";
  if (row.agreeing == 0) {
    // One that was not measured may give it.
    judged.reason = "the source does not state its protocol, and none of " +
                    std::to_string(row.definitions.size()) + " measured gives it; the nearest is " +
                    definition_text(nearest);
    judged.group = "the source does not state its protocol, and none that was measured gives it";
    return;
  }
  judged.verdict = Verdict::kReproducedUnstated;
  judged.reason = "under " + definition_text(nearest) + "; the source does not state it, " + counts;
}

}  // namespace

std::vector<Measurement> measurements_of_store(const db::RunReader& reader) {
  std::map<std::string, Measurement> found;
  for (const auto& summary : reader.runs({.limit = 1'000'000})) {
    const auto run = reader.find_run(summary.run_id);
    for (const auto& stage : reader.run_stages(run.run_id)) {
      if (stage.name.starts_with("evaluate ") && !stage.key.empty()) {
        add_evaluation(reader, run, stage, found);
      }
    }
  }
  std::vector<Measurement> all;
  for (auto& [key, one] : found) all.push_back(std::move(one));
  return all;
}

JudgedClaim judge_published(const PublishedClaim& claim,
                            const std::vector<Measurement>& measurements) {
  JudgedClaim judged{.claim = claim};
  judged.reason = judged.group = why_untestable(claim);
  if (!judged.reason.empty()) {
    judged.group = group_of_untestable(claim);
    if (is_open_to_definitions(claim)) judge_by_definitions(measurements, judged);
    return judged;
  }
  if (const auto* one = found_for(claim, claim.method, measurements, judged)) {
    if (claim.kind == "value") {
      judge_value(claim, *one, judged);
    } else if (const auto* two = found_for(claim, claim.other, measurements, judged)) {
      judge_order(claim, *one, *two, judged);
    }
  }
  if (judged.verdict == Verdict::kNotTestable && judged.group.empty()) judged.group = judged.reason;
  return judged;
}

int verify_exit_code(const std::vector<JudgedClaim>& judged) {
  const auto is = [](Verdict verdict) {
    return [verdict](const JudgedClaim& one) { return one.verdict == verdict; };
  };
  if (std::any_of(judged.begin(), judged.end(), is(Verdict::kContradicted))) return 6;
  return std::all_of(judged.begin(), judged.end(), is(Verdict::kNotTestable)) ? 5 : 0;
}

}  // namespace bench::verdicts
