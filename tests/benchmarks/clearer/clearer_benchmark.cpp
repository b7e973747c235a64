// Times training, search and evaluation steps of small networks, as bench does them and as plain
// eager LibTorch would, taken in turn (A B C A B C ...), because machines drift.
#include <time.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>

#include "contenders.h"

namespace bench {
namespace {

struct Options {
  Settings settings;
  std::string what = "train,search,evaluate";
  std::string only;  ///< contenders whose names end so; "": all
  std::int64_t threads = 1;
  std::int64_t rounds = 8;
  std::int64_t steps = 5;  ///< a round
  bool json = false;
  bool processor_time = false;  ///< of all threads together, instead of the wall's
};

struct Timing {
  std::string name;
  std::vector<double> milliseconds;
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double milliseconds_now(bool processor_time) {
  timespec time{};
  ::clock_gettime(processor_time ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double milliseconds_of(const Contender& contender, bool processor_time) {
  const double start = milliseconds_now(processor_time);
  contender.step();
  return milliseconds_now(processor_time) - start;
}

std::vector<Timing> timed(const std::vector<Contender>& contenders, const Options& options) {
  constexpr int kWarmUp = 3;
  std::vector<Timing> timings;
  for (const auto& contender : contenders) {
    timings.push_back({contender.name, {}});
    for (int i = 0; i < kWarmUp; ++i) contender.step();
  }
  for (std::int64_t round = 0; round < options.rounds; ++round) {
    for (std::size_t c = 0; c < contenders.size(); ++c) {
      contenders[c].step();  // brings its data back into the caches
      for (std::int64_t i = 0; i < options.steps; ++i) {
        timings[c].milliseconds.push_back(milliseconds_of(contenders[c], options.processor_time));
      }
    }
  }
  return timings;
}

/// The ratio of the medians of each round: its spread says how much the machine disturbed.
std::vector<double> ratios_by_round(const Timing& reference, const Timing& timing,
                                    std::int64_t steps) {
  std::vector<double> ratios;
  for (std::size_t at = 0; at < timing.milliseconds.size(); at += static_cast<std::size_t>(steps)) {
    const auto round = [&](const Timing& of) {
      const auto first = of.milliseconds.begin() + static_cast<std::ptrdiff_t>(at);
      return median({first, first + steps});
    };
    ratios.push_back(round(reference) / round(timing));
  }
  std::sort(ratios.begin(), ratios.end());
  return ratios;
}

void print_table(const std::vector<Timing>& timings, std::int64_t steps) {
  for (const auto& timing : timings) {
    const auto ratios = ratios_by_round(timings.front(), timing, steps);
    std::printf("%-40s median %9.2f ms, n %zu; first / this: %5.2f (rounds %.2f .. %.2f)\n",
                timing.name.c_str(), median(timing.milliseconds), timing.milliseconds.size(),
                median(timings.front().milliseconds) / median(timing.milliseconds), ratios.front(),
                ratios.back());
  }
}

void print_json(const std::vector<Timing>& timings) {
  const char* before = "[";
  for (const auto& timing : timings) {
    std::printf("%s{\"name\": \"%s\", \"milliseconds\": [", before, timing.name.c_str());
    for (std::size_t i = 0; i < timing.milliseconds.size(); ++i) {
      std::printf("%s%.4f", i ? ", " : "", timing.milliseconds[i]);
    }
    std::printf("]}");
    before = ",\n";
  }
  std::printf("]\n");
}

void print_losses(const Settings& settings) {
  constexpr std::int64_t kSteps = 200, kLast = 50;
  const auto losses = training_losses(settings, kSteps);
  const auto& plain = losses.front().second;
  const auto last = [](const std::vector<double>& values) {
    return std::accumulate(values.end() - kLast, values.end(), 0.0) / kLast;
  };
  for (const auto& [name, values] : losses) {
    double first_ten = 0.0;
    for (std::size_t i = 0; i < 10; ++i) {
      first_ten = std::max(first_ten, std::abs(values[i] / plain[i] - 1.0));
    }
    std::printf(
        "losses, %-24s mean of steps 151-200 %.6f (%+.2f %%), largest difference of the "
        "first 10 steps %.1e\n",
        name.c_str(), last(values), 100.0 * (last(values) / last(plain) - 1.0), first_ten);
  }
}

std::vector<std::int64_t> numbers_in(const std::string& text) {
  std::vector<std::int64_t> numbers;
  std::istringstream list(text);
  for (std::string item; std::getline(list, item, ',');) numbers.push_back(std::stoll(item));
  return numbers;
}

Options options_of(int count, char** words) {
  Options options;
  auto& settings = options.settings;
  const std::map<std::string, bool*> flags = {{"--json", &options.json},
                                              {"--processor-time", &options.processor_time}};
  const std::map<std::string, std::string*> texts = {{"--what", &options.what},
                                                     {"--only", &options.only}};
  const std::map<std::string, std::vector<std::int64_t>*> lists = {
      {"--channels", &settings.channels}, {"--modules", &settings.modules}};
  const std::map<std::string, std::int64_t*> numbers = {
      {"--threads", &options.threads}, {"--rounds", &options.rounds},
      {"--steps", &options.steps},     {"--batch", &settings.batch},
      {"--side", &settings.side},      {"--height", &settings.height},
      {"--width", &settings.width}};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (const auto flag = flags.find(word); flag != flags.end()) {
      *flag->second = true;
      continue;
    }
    if (++i >= count) throw std::invalid_argument(word);
    if (const auto text = texts.find(word); text != texts.end()) {
      *text->second = words[i];
    } else if (const auto list = lists.find(word); list != lists.end()) {
      *list->second = numbers_in(words[i]);
    } else if (const auto number = numbers.find(word); number != numbers.end()) {
      *number->second = std::stoll(words[i]);
    } else {
      throw std::invalid_argument(word);
    }
  }
  return options;
}

int run(const Options& options) {
  at::set_num_threads(static_cast<int>(options.threads));
  std::vector<Timing> all;
  std::istringstream list(options.what);
  for (std::string what; std::getline(list, what, ',');) {
    if (what == "losses") {
      print_losses(options.settings);
      continue;
    }
    const auto make = what == "train"      ? training_contenders
                      : what == "search"   ? search_contenders
                      : what == "evaluate" ? evaluation_contenders
                      : what == "data"     ? data_contenders
                                           : throw std::invalid_argument("--what " + what);
    auto contenders = make(options.settings);
    std::erase_if(contenders, [&](const Contender& contender) {
      return !contender.name.ends_with(options.only);
    });
    const auto timings = timed(contenders, options);
    if (!options.json) print_table(timings, options.steps);
    all.insert(all.end(), timings.begin(), timings.end());
  }
  if (options.json) print_json(all);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int count, char** words) {
  try {
    return bench::run(bench::options_of(count, words));
  } catch (const std::invalid_argument& error) {
    std::fprintf(
        stderr,
        "not understood: %s\nusage: clearer_benchmark [--what train,search,evaluate,data,"
        "losses] [--only NAME] [--channels 8,16,32,64] [--modules 2,2,2,2] [--batch N] [--side N] "
        "[--height N] [--width N] [--threads N] [--rounds N] [--steps N] [--json] "
        "[--processor-time]\n",
        error.what());
    return 2;
  }
}
