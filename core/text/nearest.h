#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace bench::text {

/// Fewest edits that make one text of the other, where an edit inserts, deletes or replaces a
/// letter or swaps two neighbors, and no place is edited twice (optimal string alignment; Damerau
/// 1964). Time and memory: the product of the lengths.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name at the smallest edit distance from `word`, the first of equals; empty if there is none.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);

/// The nearest name if it can have been meant: no more than a third of its letters are wrong, or
/// one. Otherwise empty.
std::string_view meant(std::string_view word, std::span<const std::string_view> names);

}  // namespace bench::text
