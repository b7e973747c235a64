#include "runner/cost/cost_subject.h"

#include <algorithm>
#include <vector>

#include "methods/method.h"
#include "runner/experiment/architecture_text.h"
#include "runner/experiment/bad_input.h"

namespace bench::runner {
namespace {

using methods::MethodKind;

// "random" is left out: which of them it is would have to be said.
bool is_fixed_pattern(const std::string& text) {
  return text == "all-parallel" || text == "all-fusion" || text == "alternating";
}

bool is_letters(const std::string& text) {
  return !text.empty() && text.find_first_not_of("PF|") == std::string::npos;
}

CostSubject architecture_subject(const std::string& text, const stage_files::SpaceSettings& space) {
  const std::string letters = architecture_of(text, space, 0);
  std::string shape = letters;
  std::replace(shape.begin(), shape.end(), 'F', 'P');
  const std::string expected = architecture_of("all-parallel", space, 0);
  if (shape != expected) {
    throw BadInput("cost: expected letters P and F shaped like \"" + expected + "\", found \"" +
                   text + "\"; --space-modules says how many modules each cell has");
  }
  CostSubject subject{.title = "CLEARER's space, " + letters};
  subject.network = {.kind = "clearer", .space = space, .architecture = letters};
  return subject;
}

[[noreturn]] void fail_unknown(const std::string& text) {
  std::vector<std::string> known = {"all-parallel", "all-fusion", "alternating"};
  for (const auto& method : methods::catalogue()) known.push_back(method.name);
  throw BadInput(
      "cost: expected a method (bench ls methods lists them) or an architecture like "
      "\"PF|FF|FP\", found \"" +
      text + "\"" + did_you_mean(text, known));
}

void require_measurable(const methods::Method& method) {
  const std::string begin = "cost: expected a method that can be built, found \"" + method.name;
  if (method.kind == MethodKind::kIdentity) {
    throw BadInput(begin + "\", which hands its input on and costs nothing");
  }
  if (!methods::stands_alone(method)) {
    throw BadInput(begin + "\", which needs the architecture that a search derives");
  }
}

}  // namespace

CostSubject cost_subject(const std::string& text, const stage_files::SpaceSettings& space) {
  if (is_fixed_pattern(text) || is_letters(text)) return architecture_subject(text, space);
  const auto& all = methods::catalogue();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& method) { return method.name == text; });
  if (found == all.end()) fail_unknown(text);
  require_measurable(*found);
  CostSubject subject{.title = found->title, .image_channels = found->image_channels};
  subject.network.kind = found->kind == MethodKind::kClassical ? "classical" : "network";
  subject.network.method = found->name;
  return subject;
}

}  // namespace bench::runner
