#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

#include "core/files/write_file.h"
#include "core/json/bad_input.h"
#include "core/text/number.h"
#include "metrics/scoring/protocol_list.h"
#include "metrics/scoring/render.h"
#include "metrics/scoring/score_sheet.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using scoring::ScoreSheet;

struct ScoreOptions {
  scoring::ScoreRequest request;
  bool drop_alpha = false;
  bool round_sixteen_bit = false;
  bool as_json = false;
  bool summary_only = false;
  bool list_protocols = false;
  fs::path csv;
};

/// One line on a terminal, redrawn at most ten times a second and only after the first half.
class ProgressLine {
 public:
  void show(std::size_t done, std::size_t all) {
    using Seconds = std::chrono::duration<double>;
    const auto now = Clock::now();
    if (Seconds(now - started_).count() < 0.5 || Seconds(now - drawn_).count() < 0.1) return;
    drawn_ = now;
    const double left = Seconds(now - started_).count() / static_cast<double>(done) *
                        static_cast<double>(all - done);
    std::cerr << "\r\x1b[Kscored " << done << " of " << all << ", " << text::duration(left)
              << " left" << std::flush;
    is_drawn_ = true;
  }

  ~ProgressLine() {
    if (is_drawn_) std::cerr << "\r\x1b[K" << std::flush;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_{};
  bool is_drawn_ = false;
};

void add_options(CLI::App& parser, ScoreOptions& options) {
  auto& request = options.request;
  parser.add_option("--reference", request.reference, "ground-truth images: a folder or one file");
  parser.add_option("--restored", request.restored, "images to score: a folder or one file");
  parser.add_option("--protocol", request.protocols,
                    "protocol name or text; repeatable [derain-toolbox]");
  parser.add_flag("--list-protocols", options.list_protocols,
                  "list named protocols with their definitions");
  parser.add_flag("--json", options.as_json, "print the result as JSON");
  parser.add_option("--csv", options.csv,
                    "write one row per image to this file (-: standard output)");
  parser.add_flag("--summary", options.summary_only, "print the summary only");
  parser.add_flag("--skip-bad", request.skip_bad, "skip and list images that cannot be scored");
  parser.add_option("--leave-out", request.pairing.leave_out,
                    "image name to leave out; repeatable");
  parser.add_option("--strip", request.pairing.strip,
                    "prefix or suffix to ignore when pairing names; repeatable");
  parser.add_flag("--drop-alpha", options.drop_alpha,
                  "ignore alpha channels (default: refuse them)");
  parser.add_flag("--round-16-bit", options.round_sixteen_bit,
                  "round 16-bit images to 8 bits (default: refuse them)");
  parser.add_option("--threads", request.threads, "number of CPU threads; 0 means one per core")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  // One value an option: the next word is never swallowed by a list.
  for (const char* name : {"--protocol", "--leave-out", "--strip"}) {
    parser.get_option(name)->allow_extra_args(false);
  }
}

void require_sensible(const ScoreOptions& options) {
  if (options.request.reference.empty() || options.request.restored.empty()) {
    throw core::BadInput(std::string("score: ") +
                         (options.request.reference.empty() ? "--reference" : "--restored") +
                         " is missing. Pass both --reference and --restored");
  }
  if (options.csv == "-" && options.as_json) {
    throw core::BadInput(
        "score: --csv - and --json both write to standard output. "
        "Name a file for --csv");
  }
  if (options.csv.empty() || options.csv == "-") return;
  const auto folder = fs::absolute(options.csv).parent_path();
  if (!fs::is_directory(folder)) {
    throw core::BadInput("score: --csv " + options.csv.string() + ": folder " + folder.string() +
                         " does not exist. Create it first");
  }
}

std::size_t terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

void print(const ScoreSheet& sheet, const ScoreOptions& options) {
  if (options.as_json) {
    std::cout << scoring::json_text(sheet);
  } else if (options.csv == "-") {
    std::cout << scoring::csv_text(sheet);
  } else {
    const bool with_style = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    std::cout << scoring::table_text(sheet, {terminal_width(), !options.summary_only, with_style});
  }
}

}  // namespace

int score_command(int argc, char** argv) {
  CLI::App parser("Score restored images against their references, under named protocols.");
  name_parser(parser, "score");
  ScoreOptions options;
  add_options(parser, options);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  if (options.list_protocols) {
    std::cout << (options.as_json ? scoring::protocol_list_json() : scoring::protocol_list_text());
    return kExitOk;
  }
  require_sensible(options);
  auto& request = options.request;
  if (options.drop_alpha) request.read.alpha = datasets::AlphaPolicy::kDrop;
  if (options.round_sixteen_bit) request.read.sixteen_bit = datasets::SixteenBitPolicy::kRound;
  ScoreSheet sheet;
  {
    ProgressLine progress;
    if (::isatty(STDERR_FILENO) != 0) {
      request.progressed = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    }
    sheet = scoring::make_score_sheet(request);
  }
  if (!options.csv.empty() && options.csv != "-") {
    files::write_file(options.csv, scoring::csv_text(sheet));
  };
  print(sheet, options);
  if (!sheet.skipped.empty()) {
    std::cerr << "bench score: skipped " << sheet.skipped.size() << ", scored "
              << sheet.pairs.size() << "\n";
  }
  return sheet.pairs.empty() ? kExitNothingMeasured : kExitOk;
}

}  // namespace bench::runner
