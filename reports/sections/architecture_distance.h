#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/content/table.h"

/// How unlike searched architectures are, and how unlike chance alone would make them.
namespace bench::reports {

/// The letters of an architecture without the borders of its cells: "PF|FF" -> "PFFF". Empty for
/// the genotype of a cell.
std::string modules_of(const std::string& architecture);

/// Number of modules in which two architectures differ; absent if they are of unlike length or
/// have none.
std::optional<int> module_distance(const std::string& left, const std::string& right);

/// Distances over pairs of architectures.
struct PairDistances {
  int pairs = 0;
  double mean = 0;
  int smallest = 0;
  int largest = 0;
};

/// All pairs of one group (of several seeds). Absent without a pair of like length.
std::optional<PairDistances> distances_within(const std::vector<std::string>& group);

/// Every one of the left with every one of the right. Absent as above.
std::optional<PairDistances> distances_between(const std::vector<std::string>& left,
                                               const std::vector<std::string>& right);

/// Central interval that holds at least 95 % of the mean distances over all pairs within a group of
/// `size` architectures, each of whose `modules` is a fair coin. Exact, by convolution.
/// \pre size >= 2, modules >= 1
Interval chance_within(int size, int modules);

/// The same between two groups. \pre left, right, modules >= 1
Interval chance_between(int left, int right, int modules);

/// Are two groups drawn alike? The share of all ways to deal their architectures into groups of
/// the same sizes whose mean distance between the groups exceeds the mean of the two within by as
/// much as the real one does. Exact. Absent where a group has fewer than 2, lengths are unlike,
/// or there are more than 200,000 ways.
std::optional<double> permutation_p(const std::vector<std::string>& left,
                                    const std::vector<std::string>& right);

}  // namespace bench::reports
