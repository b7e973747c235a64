#include "reports/content/number_text.h"

namespace bench::reports {

NumberText number_text(const Number& number, const Column& column) {
  const int decimals = number.decimals.value_or(column.decimals);
  const auto people = [&](double value) { return rounded(value / column.scale, decimals); };
  NumberText text{people(number.value), "", ""};
  if (number.spread) text.spread = std::string("± ").append(people(*number.spread));
  if (number.interval) {
    text.interval.append("[").append(people(number.interval->low)).append(", ");
    text.interval.append(people(number.interval->high)).append("]");
  }
  return text;
}

std::string people_text(const Cell& cell, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&cell.content)) return *text;
  if (const auto* missing = std::get_if<Missing>(&cell.content)) return missing->state;
  const auto parts = number_text(std::get<Number>(cell.content), column);
  std::string joined = parts.value;
  if (!parts.spread.empty()) joined += " " + parts.spread;
  if (!parts.interval.empty()) joined += " " + parts.interval;
  return joined;
}

}  // namespace bench::reports
