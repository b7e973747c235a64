#pragma once

#include <set>
#include <string>
#include <vector>

#include "db/run_reader.h"
#include "verdicts/claims/claims.h"
#include "verdicts/claims/judge_value.h"

namespace bench::verdicts {

/// One number that a run of the store has for a claim: means over images, one a seed.
struct Measurement {
  std::string run = {};
  std::string contestant = {};
  std::string protocol = {};
  std::string data_set = {};
  std::string base_set = {};  ///< the set whose files these are: "bsd500" of "bsd500-half"
  std::string split = {};
  std::int64_t count = 0;  ///< only the first so many images, 0 = all
  double sigma_8bit = 0.0;
  std::string method = {};
  bool profile_tests_claims = false;  ///< the profile has its source's data and budget
  std::string profile = {};
  std::vector<double> seed_means = {};
  std::set<std::int64_t> noise_seeds = {};  ///< of the test noise
  Chance chance = Chance::kEachSeed;
};

struct JudgedClaim {
  PublishedClaim claim = {};
  std::string measured = {};    ///< as the source rounds, "" if nothing
  std::string difference = {};  ///< measured - published
  Verdict verdict = Verdict::kNotTestable;
  std::string reason = {};
  std::string group = {};  ///< what is not testable: the reason without the claim's own names
};

/// All that the runs of a store measured, one entry per run, contestant, task, set and protocol; a
/// PSNR that is a mean over images also as the PSNR of the mean squared error (`agg=mse-mean`).
std::vector<Measurement> measurements_of_store(const db::RunReader& reader);

/// Only a measurement of the same method, data set, split, noise and protocol, under a profile of
/// the source's data and budget, is a verdict; whatever differs is named in the reason.
/// Of several contestants that use the method, one of its name goes before the others.
/// - value: as `judge_number`. Of an unstated protocol: "reproduced (unstated)" where a definition
///   that was measured lies within the claim's margin, with its name and how many would by chance.
/// - order: reproduced if the means over seeds are ordered so; within seed noise if they are not
///   significantly different (p > 0.05, `crossed_comparison` of methods on this test set); else
///   contradicted. One seed of a side that depends on chance tests no order, unless nothing on both
///   sides is left to chance: then their difference decides, as the source rounds.
JudgedClaim judge_published(const PublishedClaim& claim,
                            const std::vector<Measurement>& measurements);

/// 6 if any is contradicted, 5 if none could be tested, else 0.
int verify_exit_code(const std::vector<JudgedClaim>& judged);

/// \param all  every claim; else those that were judged, and the others by their reasons
std::string verify_text(const std::vector<JudgedClaim>& judged, bool all = false);
std::string verify_json(const std::vector<JudgedClaim>& judged);
std::string verify_markdown(const std::vector<JudgedClaim>& judged);

}  // namespace bench::verdicts
