#include "db/records.h"

#include <array>
#include <stdexcept>

namespace bench::db {
namespace {

// In the order of the values.
constexpr std::array<std::string_view, 4> kWords = {"running", "done", "failed", "interrupted"};

}  // namespace

std::string_view to_string(RunState state) {
  return kWords.at(static_cast<std::size_t>(state));
}

RunState parse_run_state(std::string_view word) {
  std::string known;
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<RunState>(i);
    known.append(known.empty() ? "" : ", ").append(kWords[i]);
  }
  throw std::invalid_argument("run state: expected one of " + known + "; found \"" +
                              std::string(word) + "\"");
}

}  // namespace bench::db
