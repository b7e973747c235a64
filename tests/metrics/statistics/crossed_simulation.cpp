// How often tables of equal methods call one of them better, and how often a true difference is
// found. Prints a Markdown document.
//
// A table is drawn from the model that tests of methods assume: score = method + image + method x
// image + seed + method x seed + residual. The unit is the deviation between images of the
// difference of two methods; a seed deviation of 3 means that trainings move the difference of two
// methods three times as much as images do. Each rule gives a p to every pair of rows; marks follow
// from these as in a report (metrics/statistics/table_standing.h). A table errs if it has one mark
// that says "better" of methods that are equal.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "core/randomness/stream.h"
#include "metrics/statistics/crossed_comparison.h"
#include "metrics/statistics/distributions.h"
#include "metrics/statistics/hierarchical_bootstrap.h"
#include "metrics/statistics/holm.h"
#include "metrics/statistics/joint_sign_flips.h"
#include "metrics/statistics/t_test.h"

namespace bench::statistics {
namespace {

using Rows = std::vector<std::vector<double>>;

constexpr double kLevel = 0.05;

/// What is simulated. Deviations are of the difference of two rows.
struct Scenario {
  std::vector<double> means = {0.0, 0.0};  ///< of the methods; equal ones are not different
  std::size_t seeds = 3;
  std::size_t images = 12;
  double seed_deviation = 1.0;
  double residual_deviation = 0.3;
  double image_deviation = 1.0;
  double shared_seed = 0.0;     ///< share of the seed's variance that all methods have in common
  bool is_matched = true;       ///< else the second half of the rows has one seed more, of its own
  bool last_is_given = false;   ///< the last row is BM3D: one row, not trained
  bool spreads_differ = false;  ///< seed deviations from 0 (first row) to 1.4 times (last row)
  bool is_skewed = false;       ///< image effects are exponential, one training in ten collapses
};

struct Table {
  std::vector<Rows> methods;
  std::vector<bool> is_trained;
  std::vector<bool> is_late;  ///< of the seeds of the second sample
};

double effect(const Scenario& scenario, randomness::Stream& stream) {
  if (!scenario.is_skewed) return stream.normal();
  return -std::log(1.0 - stream.uniform()) - 1.0;
}

double seed_effect(const Scenario& scenario, randomness::Stream& stream) {
  if (!scenario.is_skewed) return stream.normal();
  // One training in ten lies 3 deviations below the others; scaled to mean 0 and variance 1.
  const double collapse = stream.uniform() < 0.1 ? -3.0 : 0.0;
  return (stream.normal() + collapse + 0.3) / std::sqrt(1.81);
}

Table draw(const Scenario& scenario, randomness::Stream& stream) {
  const double half = std::sqrt(0.5);
  Table table;
  std::vector<double> shared(scenario.seeds);
  for (double& value : shared) value = seed_effect(scenario, stream);
  for (std::size_t m = 0; m < scenario.means.size(); ++m) {
    const bool late = !scenario.is_matched && m >= scenario.means.size() / 2;
    const bool given = scenario.last_is_given && m + 1 == scenario.means.size();
    const double spread =
        scenario.spreads_differ
            ? 1.4 * static_cast<double>(m) / static_cast<double>(scenario.means.size() - 1)
            : 1.0;
    std::vector<double> images(scenario.images);
    for (double& value : images) value = half * scenario.image_deviation * effect(scenario, stream);
    Rows rows;
    const std::size_t seeds = given ? 1 : scenario.seeds + (late ? 1 : 0);
    for (std::size_t s = 0; s < seeds; ++s) {
      const double own = seed_effect(scenario, stream);
      const double common = scenario.is_matched ? shared[s] : seed_effect(scenario, stream);
      const double seed =
          half * scenario.seed_deviation * spread *
          (std::sqrt(scenario.shared_seed) * common + std::sqrt(1.0 - scenario.shared_seed) * own);
      auto& row = rows.emplace_back();
      for (const double image : images) {
        row.push_back(scenario.means[m] + image + (given ? 0.0 : seed) +
                      half * scenario.residual_deviation * stream.normal());
      }
    }
    table.methods.push_back(std::move(rows));
    table.is_trained.push_back(!given);
    table.is_late.push_back(late);
  }
  return table;
}

CrossedComparison compared(const Table& table, std::size_t i, std::size_t j) {
  return crossed_comparison(
      {table.methods[i], table.is_trained[i]}, {table.methods[j], table.is_trained[j]},
      {.seeds = table.is_late[i] == table.is_late[j] ? Seeds::kMatched : Seeds::kUnmatched});
}

double p_of(double difference, double error, double degrees) {
  if (error <= 0.0) return difference == 0.0 ? 1.0 : 0.0;
  return std::min(1.0, 2.0 * student_t_upper_tail(std::abs(difference) / error, degrees));
}

/// The larger p of the t tests over seeds and over images, each alone.
double larger_p(const CrossedComparison& comparison) {
  double p = 0.0, variance = 0.0, degrees = 0.0;
  for (const auto& part : comparison.seed_parts) {
    variance += part.variance;
    degrees += part.degrees;
  }
  if (degrees > 0.0) p = p_of(comparison.mean_difference, std::sqrt(variance), degrees);
  return std::max(p, p_of(comparison.mean_difference, std::sqrt(comparison.image_part->variance),
                          comparison.image_part->degrees));
}

/// Percentile bootstrap of matched differences, seeds and images drawn anew.
double bootstrap_p(const Table& table, std::size_t i, std::size_t j, randomness::Stream& stream) {
  constexpr int kResamples = 399;
  const std::size_t seeds = table.methods[i].size(), images = table.methods[i][0].size();
  Rows differences;
  for (std::size_t s = 0; s < seeds; ++s) {
    differences.push_back(paired_differences(table.methods[i][s], table.methods[j][s]));
  }
  int above = 1, below = 1;
  std::vector<std::size_t> drawn(images);
  for (int r = 0; r < kResamples; ++r) {
    for (auto& image : drawn) image = stream.below(images);
    double sum = 0.0;
    for (std::size_t s = 0; s < seeds; ++s) {
      const auto& row = differences[stream.below(seeds)];
      for (const std::size_t image : drawn) sum += row[image];
    }
    above += sum >= 0.0 ? 1 : 0;
    below += sum <= 0.0 ? 1 : 0;
  }
  return std::min(1.0, 2.0 * std::min(above, below) / (kResamples + 1.0));
}

struct PValues {
  std::vector<double> alone;      ///< of the pairs (i, j), i < j
  std::vector<double> corrected;  ///< for all pairs
};

PValues holm(std::vector<double> alone) {
  auto corrected = holm_adjusted(alone);
  return {std::move(alone), std::move(corrected)};
}

PValues sign_flips(const Table& table) {
  Rows means;
  for (const auto& method : table.methods) means.push_back(means_over_seeds(method));
  const auto joint = joint_sign_flip_test(means);
  PValues values;
  for (std::size_t i = 0; i < means.size(); ++i) {
    for (std::size_t j = i + 1; j < means.size(); ++j) values.corrected.push_back(joint.of(i, j));
  }
  values.alone = values.corrected;
  return values;
}

std::size_t pair_index(std::size_t i, std::size_t j, std::size_t rows) {
  if (i > j) std::swap(i, j);
  return i * (2 * rows - i - 1) / 2 + (j - i - 1);
}

struct Marks {
  bool is_wrong = false;  ///< some mark calls equal methods different
  bool best_is_bold = false;
};

/// The rules of `standing_in_table`, on any p values.
Marks marks_of(const Table& table, const std::vector<double>& truth, const PValues& p) {
  const std::size_t rows = table.methods.size();
  std::vector<double> means;
  for (const auto& method : table.methods) means.push_back(mean(means_over_seeds(method)));
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return means[left] > means[right]; });
  const auto is_false = [&](std::size_t better, std::size_t worse) {
    return truth[order[better]] <= truth[order[worse]];
  };
  const auto beats_below = [&](std::size_t place) {
    for (std::size_t below = place + 1; below < rows; ++below) {
      if (p.alone[pair_index(order[place], order[below], rows)] > kLevel) return false;
    }
    return place + 1 < rows;
  };
  Marks marks{.best_is_bold = beats_below(0)};
  const bool underlined = marks.best_is_bold && beats_below(1);
  for (std::size_t below = 1; below < rows; ++below) {
    const bool worse =
        marks.best_is_bold || p.corrected[pair_index(order[0], order[below], rows)] <= kLevel;
    marks.is_wrong |= worse && is_false(0, below);
    marks.is_wrong |= underlined && below > 1 && is_false(1, below);
  }
  return marks;
}

/// Shares of tables in percent.
struct Shares {
  double wrong = 0.0;
  double bold = 0.0;
};

struct Result {
  Shares guaranteed, satterthwaite, larger, bootstrap, flips;
};

struct Work {
  int tables = 4000;
  int flip_tables = 400;       ///< slow: on the first so many only
  int bootstrap_tables = 400;  ///< of two matched rows only
};

Result simulate(const Scenario& scenario, const Work& work, const std::string& name) {
  randomness::Stream stream(2026, "crossed/simulation/" + name);
  Result result;
  const auto count = [&](Shares& shares, const Table& table, const PValues& p, int of) {
    const Marks marks = marks_of(table, scenario.means, p);
    shares.wrong += marks.is_wrong ? 100.0 / of : 0.0;
    shares.bold += marks.best_is_bold ? 100.0 / of : 0.0;
  };
  for (int t = 0; t < work.tables; ++t) {
    const Table table = draw(scenario, stream);
    std::vector<double> guaranteed, satterthwaite, larger;
    for (std::size_t i = 0; i < table.methods.size(); ++i) {
      for (std::size_t j = i + 1; j < table.methods.size(); ++j) {
        const auto comparison = compared(table, i, j);
        guaranteed.push_back(comparison.p);
        satterthwaite.push_back(comparison.satterthwaite_p);
        larger.push_back(larger_p(comparison));
      }
    }
    count(result.guaranteed, table, holm(guaranteed), work.tables);
    count(result.satterthwaite, table, holm(satterthwaite), work.tables);
    count(result.larger, table, holm(larger), work.tables);
    if (t < work.flip_tables) count(result.flips, table, sign_flips(table), work.flip_tables);
    if (t < work.bootstrap_tables) {
      count(result.bootstrap, table, holm({bootstrap_p(table, 0, 1, stream)}),
            work.bootstrap_tables);
    }
  }
  return result;
}

std::string name_of(const Scenario& scenario, const std::string& heading) {
  char text[160];
  std::snprintf(text, sizeof text, "%s %zu %zu %zu %g", heading.c_str(), scenario.means.size(),
                scenario.seeds, scenario.images, scenario.seed_deviation);
  return text;
}

/// Two rows: every number of seeds, images and deviation. A line a number of seeds and images, the
/// worst of all deviations for each rule.
void print_pairs(const std::string& heading, Scenario scenario, bool bootstrap) {
  std::printf(
      "\n### %s\n\n| seeds | images | **default** at 0 / .3 / 1 / 3 | Satterthwaite | larger "
      "p of two t tests | bootstrap | sign flips of seed means |\n"
      "|--:|--:|--:|--:|--:|--:|--:|\n",
      heading.c_str());
  for (const std::size_t seeds : {2, 3, 5, 10}) {
    for (const std::size_t images : {12, 68, 200}) {
      if (images == 68 && !bootstrap) continue;  // the middle is shown once
      scenario.seeds = seeds;
      scenario.images = images;
      std::string each;
      Result worst;
      for (const double deviation : {0.0, 0.3, 1.0, 3.0}) {
        scenario.seed_deviation = deviation;
        const auto result = simulate(
            scenario, {.tables = 3000, .flip_tables = 50, .bootstrap_tables = bootstrap ? 100 : 0},
            name_of(scenario, heading));
        char text[24];
        std::snprintf(text, sizeof text, "%s%.1f", each.empty() ? "" : " / ",
                      result.guaranteed.wrong);
        each += text;
        const auto keep = [](Shares& most, const Shares& now) {
          most.wrong = std::max(most.wrong, now.wrong);
        };
        keep(worst.satterthwaite, result.satterthwaite);
        keep(worst.larger, result.larger);
        keep(worst.bootstrap, result.bootstrap);
        keep(worst.flips, result.flips);
      }
      std::printf(
          "| %zu | %zu | %s | %.1f | %.1f | %s | %.0f |\n", seeds, images, each.c_str(),
          worst.satterthwaite.wrong, worst.larger.wrong,
          bootstrap ? std::to_string(static_cast<int>(worst.bootstrap.wrong + 0.5)).c_str() : "-",
          worst.flips.wrong);
      std::fflush(stdout);
    }
  }
}

void print_table_header(const std::string& heading) {
  std::printf(
      "\n### %s\n\n| rows | seeds | images | seed deviation | **default** | Satterthwaite | "
      "larger p of two t tests | sign flips of seed means |\n"
      "|---|--:|--:|--:|--:|--:|--:|--:|\n",
      heading.c_str());
}

void print_table(const std::string& rows, const Scenario& scenario, const Work& work) {
  const auto result = simulate(scenario, work, name_of(scenario, rows));
  std::printf("| %s | %zu | %zu | %g | %.1f | %.1f | %.1f | %.0f |\n", rows.c_str(), scenario.seeds,
              scenario.images, scenario.seed_deviation, result.guaranteed.wrong,
              result.satterthwaite.wrong, result.larger.wrong, result.flips.wrong);
  std::fflush(stdout);
}

void print_equal_rows() {
  print_table_header("Tables of equal rows");
  for (const std::size_t rows : {3, 8, 20}) {
    for (const std::size_t seeds : {2, 3, 5, 10}) {
      for (const double deviation : {0.0, 0.3, 1.0, 3.0}) {
        // Long tables are slow: 190 pairs each.
        if (rows > 8 && (seeds == 5 || deviation == 0.0 || deviation == 1.0)) continue;
        print_table(
            std::to_string(rows) + " equal",
            {.means = std::vector<double>(rows, 0.0), .seeds = seeds, .seed_deviation = deviation},
            {.tables = rows > 8 ? 250 : 1000, .flip_tables = 40, .bootstrap_tables = 0});
      }
    }
  }
}

void print_partly_equal_rows() {
  print_table_header("Tables with some equal rows, unlike spreads, or shapes that are not normal");
  const Work work{.tables = 1000, .flip_tables = 50, .bootstrap_tables = 0};
  const double far = -20.0;
  for (const std::size_t seeds : {2, 3}) {
    for (const double deviation : {1.0, 3.0}) {
      const Scenario base{.seeds = seeds, .images = 24, .seed_deviation = deviation};
      auto one = base;
      one.means = {0, 0, far, far, far - 20, far - 20};
      print_table("three pairs of equals", one, work);
      one.means = {0, far, far, far - 20, far - 20, far - 40};
      print_table("one best, pairs of equals below", one, work);
      one.means = {0, 0, -0.5, -0.5, -1, -1};
      print_table("pairs of equals, near one another", one, work);
      one = base;
      one.means = std::vector<double>(8, 0.0);
      one.spreads_differ = true;
      print_table("8 equal, spreads from 0 to 1.4", one, work);
      one.spreads_differ = false;
      one.last_is_given = true;
      print_table("7 trained and one given", one, work);
      one.last_is_given = false;
      one.is_matched = false;
      print_table("8 equal, half with other seeds", one, work);
      one.is_matched = true;
      one.shared_seed = 0.5;
      print_table("8 equal, seeds move all alike by half", one, work);
      one.shared_seed = 0.0;
      one.is_skewed = true;
      print_table("8 equal, skewed images, collapsing trainings", one, work);
    }
  }
}

void print_power() {
  std::printf(
      "\n## Power\n\nThe share of tables of two rows, the first truly better, in which it is bold. "
      "Differences in dB: deviation between images 0.3, between trainings (of a difference) as "
      "stated, residual 0.1. The last two columns: the difference that the printed sentence calls "
      "visible (`detectable_difference`, mean over tables), and the share of tables that see a "
      "true "
      "difference of that size.\n\n| seeds | images | between trainings | "
      "0.1 dB | 0.2 dB | 0.5 dB | sign flips at 0.1 / 0.2 / 0.5 dB | visible | seen |\n"
      "|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
  for (const std::size_t seeds : {2, 3, 5, 10}) {
    for (const std::size_t images : {12, 68}) {
      for (const double between : {0.05, 0.15}) {
        Scenario scenario{.seeds = seeds,
                          .images = images,
                          .seed_deviation = between,
                          .residual_deviation = 0.1,
                          .image_deviation = 0.3};
        const auto at = [&](double difference, int flips) {
          scenario.means = {difference, 0.0};
          return simulate(scenario, {.tables = 1000, .flip_tables = flips, .bootstrap_tables = 0},
                          name_of(scenario, "power " + std::to_string(difference)));
        };
        randomness::Stream stream(2026, name_of(scenario, "crossed/simulation/visible"));
        double visible = 0.0;
        for (int t = 0; t < 400; ++t) {
          visible += *detectable_difference(compared(draw(scenario, stream), 0, 1), seeds) / 400;
        }
        const auto small = at(0.1, 100), middle = at(0.2, 100), large = at(0.5, 100);
        std::printf(
            "| %zu | %zu | %.2f dB | %.0f %% | %.0f %% | %.0f %% | %.0f / %.0f / %.0f %% | "
            "%.2f dB | %.0f %% |\n",
            seeds, images, between, small.guaranteed.bold, middle.guaranteed.bold,
            large.guaranteed.bold, small.flips.bold, middle.flips.bold, large.flips.bold, visible,
            at(visible, 0).guaranteed.bold);
        std::fflush(stdout);
      }
    }
  }
}

constexpr const char* kIntroduction = R"(# Which test may speak of methods, chosen by simulation

Made by `build/nt/tests/metrics/statistics/crossed_simulation > docs/results/crossed_simulation.md`
(source: tests/metrics/statistics/crossed_simulation.cpp). The random streams are named, so the same
program prints the same numbers.

A method is trained with a few seeds, and every network restores the same images. Both are samples:
the question is whether the method is better, with other seeds and on images like these. Score =
method + image + method x image + seed + residual; the unit is the deviation between images of the
difference of two methods, so a seed deviation of 3 means that trainings move this difference three
times as much as images do. The residual deviation is 0.3.

The rules compared, each giving a p to every pair of rows:

- **default**: `crossed_comparison` (metrics/statistics/crossed_comparison.h). The interval adds the
  squared t intervals over seeds and over images (Banerjee 1961); it holds its level whatever the
  two variances are.
- Satterthwaite: the textbook analysis of variance with approximated degrees of freedom.
- Larger p of two t tests: one over seeds, one over images; both must reject.
- Bootstrap: percentiles of 399 resamples of seeds and images, crossed.
- Sign flips of seed means: the test of "these trained networks". It answers another question, and
  the column shows how wrong it is as an answer to this one.

Marks follow by the rules of a report (metrics/statistics/table_standing.h): bold and underlined where
all tests of that one claim reject at 5 %, "worse than the best" by Holm's steps over all pairs.

## False "better"

A cell is the share of tables, in percent, with at least one mark that calls equal methods
different; 5 is allowed. Standard error at 5 %: 0.4 points for two rows (3,000 tables), 0.7 for
tables of 3 to 8 rows (1,000), 1.4 for 20 rows (250); bootstrap and sign flips are from 40 to 100
tables, so that several points are chance. In the tables of two rows the default has a number for each seed deviation, and the
other rules the worst of the four.
)";

constexpr const char* kReading = R"(
## How to read it

- Only the default keeps 5 % everywhere (a few cells lie above it by no more than the chance of the
  simulation; that each interval holds its level is proved for normal scores). Satterthwaite's degrees of freedom are estimated from the
  same few seeds, and where the seeds happen to lie close together they come out too large just when
  the error comes out too small. Two and three seeds are what this field reports. Under a correction
  for many pairs the excess grows, because tails are what a correction reads.
- The larger p of two t tests fails where seeds and images matter alike: each test leaves out the
  other's variance. The bootstrap fails because two or three values resampled spread too little.
- Two seeds cannot show anything of practical size: with one degree of freedom the interval over
  seeds is 12.7 standard errors to each side. The sentence on what seeds can show says so. Three seeds show
  differences of about five standard errors over seeds; five seeds are the first good buy.
- Tests of seed means over images (the column on the right) answer whether *these networks* differ.
  Taken as an answer about methods they are wrong in most tables where seeds matter.
- The sentence "3 seeds can show 0.4 dB here" names a difference that 65 to 83 % of repetitions find.
- The default is cautious where seeds matter little (1 to 3 % instead of 5 %), which is the price
  of a level that does not depend on the unknown ratio of the two variances.
- Corrected for all pairs of a long table, three seeds rarely show that a row is worse than the best.
  Many rows are then "not significantly different from the best", and the way out is more seeds, or
  the question asked of two rows (`bench compare`).
)";

}  // namespace
}  // namespace bench::statistics

/// `crossed_simulation [pairs] [tables] [power]`: only these parts; all of them, with the text, if
/// none is named. Each part prints the same numbers alone.
int main(int argc, char** argv) {
  using namespace bench::statistics;
  const std::vector<std::string> named(argv + 1, argv + argc);
  const auto is_wanted = [&named](const char* part) {
    return named.empty() || std::find(named.begin(), named.end(), part) != named.end();
  };
  if (named.empty()) std::fputs(kIntroduction, stdout);
  if (is_wanted("pairs")) {
    print_pairs("Two rows, matched seeds", {}, true);
    print_pairs("Two rows, seeds of their own (the second has one more)", {.is_matched = false},
                false);
    print_pairs("One trained row and one without seeds", {.last_is_given = true}, false);
  }
  if (is_wanted("tables")) {
    print_equal_rows();
    print_partly_equal_rows();
  }
  if (is_wanted("power")) print_power();
  if (named.empty()) std::fputs(kReading, stdout);
  return 0;
}
