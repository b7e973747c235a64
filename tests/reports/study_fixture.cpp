#include "tests/reports/study_fixture.h"

#include <gtest/gtest.h>
#include <png.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

namespace bench::reports {
namespace {

constexpr const char* kPsnr = "psnr(space=y-bt601-limited,round=u8,crop=0,agg=image-mean)";
constexpr const char* kSsim = "ssim(space=y-bt601-limited,round=u8,window=gauss11,agg=image-mean)";

/// Numbers in [-1, 1) that are the same everywhere (a linear congruential generator).
class Wobble {
 public:
  explicit Wobble(std::uint64_t start) : state_(start * 2654435761U + 12345) {}
  double next() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state_ >> 11U) / static_cast<double>(1ULL << 52U) - 1.0;
  }

 private:
  std::uint64_t state_;
};

std::string key_of(const std::string& words) {
  std::string key;
  std::uint64_t state = 1469598103934665603ULL;
  for (int i = 0; i < 4; ++i) {
    for (const char letter : words)
      state = (state ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    for (int shift = 60; shift >= 0; shift -= 4)
      key.push_back("0123456789abcdef"[(state >> shift) & 15U]);
  }
  return key;
}

std::string image_name(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number) + ".png";
}

/// Scores of one contestant on one task and seed.
void add_scores(Study& study, const std::string& contestant, const std::string& task,
                std::int64_t seed, double level, int images) {
  Wobble wobble(std::hash<std::string>{}(contestant) % 1000 + static_cast<std::uint64_t>(seed) * 7);
  const auto key = key_of("evaluate " + contestant + task + std::to_string(seed));
  const double seed_shift = 0.06 * wobble.next();
  for (const char* protocol : {kPsnr, kSsim}) {
    for (int image = 1; image <= images; ++image) {
      const double difficulty = 2.5 * std::sin(1.7 * image);
      const double psnr = level + seed_shift + difficulty + 0.12 * wobble.next();
      const double value = protocol == kPsnr ? psnr : 1.0 - std::exp(-0.085 * psnr);
      study.scores.push_back({contestant, task, task == "derain" ? "rain100h-test" : "bsd68",
                              image_name(image), seed, protocol, value, key});
    }
  }
  study.stages.push_back(
      {key, "evaluate " + contestant + " on " + task + ", seed " + std::to_string(seed), "evaluate",
       "done", 12.25, 11.5, 410'000'000,
       "bench run experiments/derain_transfer.json --seeds " + std::to_string(seed)});
}

void add_costs(Study& study, const std::string& contestant, const std::string& task,
               std::int64_t seed, double parameters) {
  Wobble wobble(static_cast<std::uint64_t>(parameters) + static_cast<std::uint64_t>(seed));
  const auto key = key_of("profile " + contestant + task);
  const auto add = [&](const char* quantity, const char* unit, double value) {
    study.costs.push_back({contestant, task, seed, quantity, unit, value, key});
  };
  add("parameters", "count", parameters);
  add("macs", "count", parameters * 16384);
  add("latency_ms", "ms", 8 + parameters / 90000 + wobble.next());
  add("train_seconds", "s", 240 + parameters / 4000 + 12 * wobble.next());
  add("peak_memory_bytes", "byte", 3e8 + parameters * 96);
  if (seed == 1) {
    study.stages.push_back({key, "cost of " + contestant + " on " + task, "profile", "done", 2.5, 2,
                            300'000'000, "bench run experiments/derain_transfer.json"});
  }
}

void add_training_curves(Study& study, const std::string& contestant, const std::string& task,
                         std::int64_t seed, double level) {
  Wobble wobble(static_cast<std::uint64_t>(seed) * 31 + contestant.size());
  Curve psnr{contestant, task, seed, "train", "psnr_db", {}};
  Curve loss{contestant, task, seed, "train", "loss", {}};
  for (int step = 0; step <= 20000; step += 250) {
    const double progress = 1 - std::exp(-step / 4500.0);
    psnr.points.emplace_back(step, level - 6 * (1 - progress) + 0.12 * wobble.next());
    loss.points.emplace_back(step, 0.02 * (1 - progress) + 0.004 + 0.0004 * wobble.next());
  }
  study.curves.push_back(psnr);
  study.curves.push_back(loss);
}

void add_search(Study& study, const std::string& contestant, const std::string& task,
                std::int64_t seed, const std::string& architecture) {
  const auto key = key_of("search " + contestant + std::to_string(seed));
  study.architectures.push_back({contestant, task, seed, architecture, key});
  study.stages.push_back({key, "search " + contestant + ", seed " + std::to_string(seed), "search",
                          "done", 300, 290, 500'000'000,
                          "bench run experiments/derain_transfer.json"});
  Wobble wobble(static_cast<std::uint64_t>(seed) + task.size());
  int module = 0;
  for (const char letter : architecture) {
    if (letter == '|') continue;
    Curve curve{contestant, task, seed, "search", "p_parallel/" + std::to_string(module++), {}};
    const double end = letter == 'P' ? 0.98 : 0.02;
    for (int step = 0; step <= 2000; step += 50) {
      const double settled = 1 / (1 + std::exp(-(step - 900 - 40 * module) / 160.0));
      curve.points.emplace_back(step, 0.5 + (end - 0.5) * settled + 0.01 * wobble.next());
    }
    study.curves.push_back(curve);
  }
}

void add_facts(Study& study) {
  study.name = "derain_transfer";
  study.title = "Does an architecture searched for denoising do well at deraining?";
  study.question =
      "CLEARER is searched on one task and trained from scratch on each; hand-made architectures "
      "of the same space, DnCNN and the degraded image stand beside it.";
  study.profile = "small";
  study.run_id = "20260131T101500-7f3a";
  study.started_utc = "2026-01-31T10:15:00Z";
  study.finished_utc = "2026-01-31T11:02:41Z";
  study.command = "bench run experiments/derain_transfer.json --profile small";
  study.seeds = {1, 2, 3};
  study.protocols = {kPsnr, kSsim};
  study.tasks = {
      {"denoise", "Denoising σ = 50", "additive white Gaussian noise, σ = 50 of 255, float",
       "trained on Train400 (400 images), tested on BSD68 (68 images)", ""},
      {"derain", "Deraining", "rain streaks as published with Rain100H",
       "80 pairs to train, 20 to test",
       "only the 100 test pairs of Rain100H are available; this is not the published split"}};
  study.provenance = {{"commit", "cf9eaa1 (clean)"},
                      {"compiler", "g++ 12.2, Release"},
                      {"LibTorch", "2.13.0, 1 thread a stage"},
                      {"processor", "made-up CPU, 2 cores"}};
  study.caveats = {
      "The budget is a hundredth of the paper's: absolute numbers are lower than published ones.",
      "Three seeds: an interval over seeds is wide, and the paired test speaks of these trained "
      "networks."};
}

void add_asks(Study& study) {
  study.asks = {{.kind = "better",
                 .contestant = "clearer-denoise",
                 .others = {"clearer-derain"},
                 .tasks = {"denoise", "derain"},
                 .protocol = kPsnr},
                {.kind = "equal",
                 .contestant = "clearer-denoise",
                 .others = {"alternating"},
                 .tasks = {"denoise"},
                 .protocol = kPsnr,
                 .margin = 0.1},
                {.kind = "differs", .contestant = "clearer-denoise", .others = {"clearer-derain"}}};
}

void add_claims(Study& study) {
  study.claims = {
      {"rebuttal-r1-transfer", "The architecture searched for denoising does well at deraining",
       "CLEARER rebuttal, R1", "within 0.3 dB", "−0.02 dB", "reproduced",
       "the interval of the difference lies within 0.3 dB"},
      {"table1-sigma50", "26.31 dB on BSD68 at σ = 50", "CLEARER, table 1", "26.31", "",
       "not testable here", "the profile trains a hundredth of the published steps"}};
  // One that stands beside a measured number.
  auto& placed = study.claims.emplace_back(ClaimVerdict{
      "bsd68-dncnn", "DnCNN on BSD68, sigma 50", "its README", "26.235", "24.80",
      "not testable here", "the profile trains a hundredth of the published steps", "-1.4350"});
  placed.value = 26.235;
  placed.digits = 3;
  placed.contestant = "dncnn";
  placed.task = "denoise";
  placed.data_set = "bsd68";
  placed.protocol = kPsnr;
  placed.metric = "psnr";
}

}  // namespace

Study made_up_study() {
  Study study;
  add_facts(study);
  study.contestants = {
      {"clearer-denoise", "CLEARER (denoising)", "searched", "denoise", "Adam 1e-3, 20k steps"},
      {"clearer-derain", "CLEARER (deraining)", "searched", "derain", "Adam 1e-3, 20k steps"},
      {"all-parallel", "all parallel", "architecture", "", "Adam 1e-3, 20k steps"},
      {"alternating", "alternating (HRNet)", "architecture", "", "Adam 1e-3, 20k steps"},
      {"random", "random", "random", "", "Adam 1e-3, 20k steps"},
      {"dncnn", "DnCNN", "network", "", "Adam 1e-3, 20k steps"},
      {"degraded", "degraded image", "degraded", "", ""}};
  study.contestants.back().is_trained = false;
  const double parameters[] = {1'912'000, 2'204'000, 2'900'000, 2'100'000, 1'700'000, 556'000, 0};
  const double gains[] = {0, -0.05, -0.3, -0.02, -0.35, -0.8, -11};
  for (const std::string task : {"denoise", "derain"}) {
    for (std::size_t i = 0; i < study.contestants.size(); ++i) {
      const auto& id = study.contestants[i].id;
      const double level = (task == "denoise" ? 25.6 : 24.2) + gains[i];
      for (std::int64_t seed = 1; seed <= 3; ++seed) {
        if (id == "dncnn" && task == "derain" && seed == 2) {
          study.missing.push_back({id, task, seed, "failed", "loss became NaN at step 1840"});
          continue;
        }
        if (id == "random" && task == "derain") {
          study.missing.push_back({id, task, seed, "lost", "the machine went away"});
          continue;
        }
        add_scores(study, id, task, seed, level, 12);
        if (id == "degraded") continue;
        add_costs(study, id, task, seed, parameters[i]);
        add_training_curves(study, id, task, seed, level);
      }
    }
  }
  const char* denoise[] = {"PPFF|PFPF|FFFP", "PPFF|PFFF|FFFP", "PFFF|PFPF|FFPP"};
  const char* derain[] = {"FPFF|PFPF|FFFP", "PPFF|FFPF|PFFP", "PPPF|PFPF|FFFF"};
  for (int seed = 1; seed <= 3; ++seed) {
    add_search(study, "clearer-denoise", "denoise", seed, denoise[seed - 1]);
    add_search(study, "clearer-derain", "derain", seed, derain[seed - 1]);
    study.architectures.push_back({"all-parallel", "", seed, "PPPP|PPPP|PPPP", ""});
    study.architectures.push_back({"alternating", "", seed, "PFPF|PFPF|PFPF", ""});
  }
  // One image that DnCNN restores exactly.
  for (auto& score : study.scores) {
    if (score.contestant == "dncnn" && score.task == "denoise" && score.seed == 1 &&
        score.image == "03.png" && score.protocol == kPsnr) {
      score.value = std::numeric_limits<double>::infinity();
    }
  }
  add_claims(study);
  add_asks(study);
  return study;
}

Study large_study(int contestants, int tasks, int images) {
  Study study;
  add_facts(study);
  study.tasks.clear();
  for (int task = 1; task <= tasks; ++task) {
    const auto id = "task-" + std::to_string(task);
    study.tasks.push_back({id, "Task " + std::to_string(task), "noise", "made up", ""});
  }
  for (int i = 1; i <= contestants; ++i) {
    const auto id = "network-" + std::to_string(i);
    study.contestants.push_back({id, "Network " + std::to_string(i), "network", "", "Adam"});
    for (const auto& task : study.tasks) {
      for (std::int64_t seed = 1; seed <= 3; ++seed) {
        add_scores(study, id, task.id, seed, 26 - 0.1 * i, images);
        add_costs(study, id, task.id, seed, 1e5 * i);
        add_training_curves(study, id, task.id, seed, 26 - 0.1 * i);
      }
    }
  }
  return study;
}

namespace {

/// A gray image with a ramp, a disc and `noise` levels of noise.
void write_image(const std::filesystem::path& file, double noise) {
  constexpr int kSize = 96;
  std::string gray;
  Wobble wobble(42);
  for (int y = 0; y < kSize; ++y) {
    for (int x = 0; x < kSize; ++x) {
      const bool in_disc = std::hypot(x - 40, y - 52) < 26;
      const double level = (in_disc ? 200 : 40 + 1.2 * x) + noise * wobble.next();
      gray.push_back(static_cast<char>(std::lround(std::fmin(std::fmax(level, 0), 255))));
    }
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = kSize;
  image.height = kSize;
  image.format = PNG_FORMAT_GRAY;
  if (png_image_write_to_file(&image, file.c_str(), 0, gray.data(), 0, nullptr) == 0) {
    throw std::runtime_error("cannot write " + file.string());
  }
}

}  // namespace

void add_images(Study& study, const std::filesystem::path& folder) {
  const auto add = [&](const std::string& role, const std::string& contestant, double noise) {
    const auto file = folder / (role + contestant + ".png");
    write_image(file, noise);
    for (const std::string task : {"denoise", "derain"}) {
      study.images.push_back({task, "03.png", role, contestant, 1, file.string()});
    }
  };
  add("degraded", "", 60);
  add("restored", "clearer-denoise", 6);
  add("restored", "clearer-derain", 8);
  add("restored", "dncnn", 14);
  add("target", "", 0);
}

void rename_everything(Study& study, const std::string& text) {
  int number = 0;
  const auto name = [&] { return text + std::to_string(number++); };
  study.name = study.title = study.question = study.profile = study.run_id = study.command = text;
  for (auto& task : study.tasks) task.label = task.degradation = task.data = task.note = name();
  for (auto& contestant : study.contestants) contestant.label = contestant.recipe = name();
  for (auto& score : study.scores) score.image += text;
  for (auto& cell : study.missing) cell.reason = text;
  for (auto& claim : study.claims) {
    claim.id = claim.statement = claim.source = claim.published = claim.reason = name();
  }
  for (auto& stage : study.stages) stage.name = stage.command = name();
  for (auto& [what, value] : study.provenance) what = value = name();
  for (auto& curve : study.curves) {
    if (curve.stage_kind == "train") curve.series += text;
  }
  for (auto& image : study.images) image.image = text;
  study.caveats = {text};
}

std::string hostile_name() {
  return "=\"><script>alert(1)</script><img src=x onerror=alert(2)>' --> ]]> & 50% a_b #1 $x^2$ ~ "
         "{} "
         "\\write18{id} \\input{/etc/passwd} ^^5cinput `code` [link](http://example.invalid) | "
         "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAE Gr\xC3\xB6\xC3\x9F"
         "e \x1B[31m \xFF " +
         std::string(200, 'w');
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

namespace {

/// A folder of this process alone, gone at its end; kept for looking at where BENCH_KEEP_REPORTS
/// names the folder to use instead.
class OwnFolder {
 public:
  OwnFolder() {
    if (const char* kept = std::getenv("BENCH_KEEP_REPORTS")) {
      path = kept;
      is_kept_ = true;
    } else {
      path =
          std::filesystem::path(testing::TempDir()) / ("bench_reports_" + std::to_string(getpid()));
    }
  }
  ~OwnFolder() {
    std::error_code ignored;
    if (!is_kept_) std::filesystem::remove_all(path, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;

  std::filesystem::path path;

 private:
  bool is_kept_ = false;
};

}  // namespace

std::filesystem::path empty_folder(const std::string& name) {
  static const OwnFolder own;
  const auto folder = own.path / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace bench::reports
