#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/json/json_reader.h"

namespace bench::runner {

/// Requires that none of `known` has the `id` that stands in `block`. \throws BadInput
template <typename Item>
void require_new_id(const core::JsonReader& block, const std::vector<Item>& known,
                    const std::string& id) {
  for (const auto& item : known) {
    if (item.id == id) block.at("id").fail("an id that no other has");
  }
}

/// Requires that the last of `items`, read from `value`, is not among those before it: twice the
/// same would be measured twice and recorded under one name. \throws BadInput
inline void require_last_is_new(const core::JsonReader& value, const auto& items) {
  if (std::find(items.begin(), items.end() - 1, items.back()) != items.end() - 1) {
    value.fail("each only once");
  }
}

}  // namespace bench::runner
