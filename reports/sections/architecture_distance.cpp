#include "reports/sections/architecture_distance.h"

#include <algorithm>
#include <numeric>

namespace bench::reports {
namespace {

class Collected {
 public:
  void add(std::optional<int> distance) {
    if (!distance) return;
    all_.smallest = all_.pairs == 0 ? *distance : std::min(all_.smallest, *distance);
    all_.largest = std::max(all_.largest, *distance);
    sum_ += *distance;
    ++all_.pairs;
  }

  std::optional<PairDistances> result() const {
    if (all_.pairs == 0) return std::nullopt;
    auto found = all_;
    found.mean = static_cast<double>(sum_) / all_.pairs;
    return found;
  }

 private:
  PairDistances all_;
  int sum_ = 0;
};

/// Probabilities of the values 0, 1, 2, ...
using Distribution = std::vector<double>;

Distribution sum_of(const Distribution& left, const Distribution& right) {
  Distribution sum(left.size() + right.size() - 1, 0.0);
  for (std::size_t i = 0; i < left.size(); ++i) {
    for (std::size_t j = 0; j < right.size(); ++j) sum[i + j] += left[i] * right[j];
  }
  return sum;
}

Distribution power_of(const Distribution& one, int times) {
  Distribution sum = {1.0};
  for (int i = 0; i < times; ++i) sum = sum_of(sum, one);
  return sum;
}

/// Heads of so many fair coins.
Distribution coins(int count) {
  return power_of({0.5, 0.5}, count);
}

Interval central_interval(const Distribution& distribution, double divisor) {
  constexpr double kTail = 0.025;
  std::size_t low = 0, high = distribution.size() - 1;
  // At each end as much as stays within the tail is left out.
  for (double tail = distribution[low]; tail <= kTail; tail += distribution[++low]) {
  }
  for (double tail = distribution[high]; tail <= kTail; tail += distribution[--high]) {
  }
  return {static_cast<double>(low) / divisor, static_cast<double>(high) / divisor};
}

double excess(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return distances_between(left, right)->mean -
         (distances_within(left)->mean + distances_within(right)->mean) / 2;
}

bool are_of_one_length(const std::vector<std::string>& all) {
  return std::all_of(all.begin(), all.end(), [&all](const std::string& architecture) {
    return !modules_of(architecture).empty() &&
           modules_of(architecture).size() == modules_of(all.front()).size();
  });
}

double ways_to_choose(std::size_t chosen, std::size_t all) {
  double ways = 1;
  for (std::size_t i = 1; i <= chosen; ++i) {
    ways *= static_cast<double>(all - chosen + i) / static_cast<double>(i);
  }
  return ways;
}

}  // namespace

std::string modules_of(const std::string& architecture) {
  // The genotype of a cell has no modules.
  if (architecture.find_first_not_of("PF|") != std::string::npos) return "";
  std::string modules;
  for (const char letter : architecture) {
    if (letter != '|') modules.push_back(letter);
  }
  return modules;
}

std::optional<int> module_distance(const std::string& left, const std::string& right) {
  const auto a = modules_of(left), b = modules_of(right);
  if (a.size() != b.size() || a.empty()) return std::nullopt;
  int differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differing += a[i] != b[i] ? 1 : 0;
  return differing;
}

std::optional<PairDistances> distances_within(const std::vector<std::string>& group) {
  Collected collected;
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (std::size_t j = i + 1; j < group.size(); ++j) {
      collected.add(module_distance(group[i], group[j]));
    }
  }
  return collected.result();
}

std::optional<PairDistances> distances_between(const std::vector<std::string>& left,
                                               const std::vector<std::string>& right) {
  Collected collected;
  for (const auto& a : left) {
    for (const auto& b : right) collected.add(module_distance(a, b));
  }
  return collected.result();
}

Interval chance_within(int size, int modules) {
  // Where x of the group have the one letter, x (size - x) pairs differ.
  const auto letters = coins(size);
  Distribution one(static_cast<std::size_t>(size * size / 4 + 1), 0.0);
  for (int x = 0; x <= size; ++x) {
    one[static_cast<std::size_t>(x * (size - x))] += letters[static_cast<std::size_t>(x)];
  }
  return central_interval(power_of(one, modules), size * (size - 1) / 2.0);
}

Interval chance_between(int left, int right, int modules) {
  const auto of_left = coins(left), of_right = coins(right);
  Distribution one(static_cast<std::size_t>(left * right + 1), 0.0);
  for (int x = 0; x <= left; ++x) {
    for (int y = 0; y <= right; ++y) {
      one[static_cast<std::size_t>(x * (right - y) + (left - x) * y)] +=
          of_left[static_cast<std::size_t>(x)] * of_right[static_cast<std::size_t>(y)];
    }
  }
  return central_interval(power_of(one, modules), static_cast<double>(left * right));
}

std::optional<double> permutation_p(const std::vector<std::string>& left,
                                    const std::vector<std::string>& right) {
  auto all = left;
  all.insert(all.end(), right.begin(), right.end());
  constexpr double kMostWays = 200'000;
  if (left.size() < 2 || right.size() < 2 || !are_of_one_length(all) ||
      ways_to_choose(left.size(), all.size()) > kMostWays) {
    return std::nullopt;
  }
  const double observed = excess(left, right);
  constexpr double kRounding = 1e-9;
  std::vector<bool> is_left(all.size(), false);
  std::fill(is_left.begin(), is_left.begin() + static_cast<std::ptrdiff_t>(left.size()), true);
  double as_far = 0, ways = 0;
  do {
    std::vector<std::string> first, second;
    for (std::size_t i = 0; i < all.size(); ++i) (is_left[i] ? first : second).push_back(all[i]);
    as_far += excess(first, second) >= observed - kRounding ? 1 : 0;
    ++ways;
  } while (std::prev_permutation(is_left.begin(), is_left.end()));
  return as_far / ways;
}

}  // namespace bench::reports
