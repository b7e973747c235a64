#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "db/records.h"

namespace bench::verdicts {

inline const std::string kPsnr = "psnr(space=rgb,round=none,crop=0,agg=image-mean)";
inline const std::string kSsim =
    "ssim(space=rgb,round=none,crop=0,window=gaussian11,pad=valid,agg=image-mean)";

/// What a recorded run is made of: 12 images of one data set, one task, some contestants.
struct RunSketch {
  std::string run_id = "first-run";
  std::string experiment = "example";
  std::vector<std::string> contestants = {"net"};
  std::vector<std::int64_t> seeds = {1, 2, 3};  ///< none: the contestant has no training
  bool trained = true;                          ///< false: seeds, if any, only draw the noise
  double offset_db = 0.0;                       ///< added to every PSNR
  double seed_spread_db = 0.01;
  std::string protocol = kPsnr;
  std::string data_set = "leaves";
  std::string data_digest = std::string(64, 'd');  ///< of every test file
  std::string profile = "quick";
  bool failed = false;  ///< every evaluation failed
  std::vector<std::string> overrides = {};
  std::string experiment_text = "{\"name\": \"example\"}\n";
  std::string started_utc = "2026-05-01T12:00:00Z";
  std::string commit = "0123abcd";
  std::string changes = "none";
  std::string processor = {};           ///< on which it was carried out; none: not on record
  std::string kernels = {};             ///< used there
  std::string training_processor = {};  ///< of the model; none: `processor`
};

/// A store of its own, removed at the end.
class RecordedRuns {
 public:
  RecordedRuns();
  ~RecordedRuns();
  RecordedRuns(const RecordedRuns&) = delete;
  RecordedRuns& operator=(const RecordedRuns&) = delete;

  void add(const RunSketch& sketch);
  std::filesystem::path database() const { return folder_ / "bench.db"; }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
};

}  // namespace bench::verdicts
