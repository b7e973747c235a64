#include "verdicts/compare/interval_json.h"

#include <nlohmann/json.hpp>

namespace bench::verdicts {

nlohmann::ordered_json interval_json(const std::optional<statistics::Interval>& interval) {
  if (!interval) return nullptr;
  return {{"low", interval->low}, {"high", interval->high}, {"confidence", interval->confidence}};
}

}  // namespace bench::verdicts
