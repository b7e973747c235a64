#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "datasets/data_set.h"

namespace bench::datasets {

/// The data sets of the catalogue, in the order of lists.
const std::vector<DataSet>& catalogue_table();

/// Images that two sets share.
struct KnownOverlap {
  std::string_view a, b;
  std::string_view sentence;
};

std::span<const KnownOverlap> known_overlaps();

/// The text of a committed manifest; empty if there is none.
std::string_view committed_manifest_text(std::string_view name);

}  // namespace bench::datasets
