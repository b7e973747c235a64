#include "runner/cost/cost_subject.h"

#include <algorithm>
#include <vector>

#include "baselines/catalogue/method.h"
#include "core/json/bad_input.h"
#include "runner/experiment/architecture_text.h"

namespace bench::runner {
namespace {

using catalogue::MethodKind;

// "random" is left out: which of them it is would have to be said.
bool is_fixed_pattern(const std::string& text) {
  return text == "all-parallel" || text == "all-fusion" || text == "alternating";
}

bool is_letters(const std::string& text) {
  return !text.empty() && text.find_first_not_of("PF|") == std::string::npos;
}

CostSubject architecture_subject(const std::string& text, const clearer::SearchSpace& space) {
  const std::string letters = architecture_of(text, space, 0);
  std::string shape = letters;
  std::replace(shape.begin(), shape.end(), 'F', 'P');
  const std::string expected = architecture_of("all-parallel", space, 0);
  if (shape != expected) {
    throw core::BadInput("cost: expected letters P and F shaped like \"" + expected +
                         "\", found \"" + text +
                         "\". --space-modules sets the number of modules per cell");
  }
  CostSubject subject{.title = "CLEARER's space, " + letters};
  subject.network = {.kind = "clearer", .space = space, .architecture = letters};
  return subject;
}

[[noreturn]] void fail_unknown(const std::string& text) {
  std::vector<std::string> known = {"all-parallel", "all-fusion", "alternating"};
  for (const auto& method : catalogue::catalogue()) known.push_back(method.name);
  throw core::BadInput(
      "cost: expected a method (see bench ls methods) or an architecture such as "
      "\"PF|FF|FP\", found \"" +
      text + "\"" + core::did_you_mean(text, known));
}

void require_measurable(const catalogue::Method& method) {
  const std::string begin = "cost: expected a method that can be built, found \"" + method.name;
  if (method.kind == MethodKind::kIdentity) {
    throw core::BadInput(begin + "\", which returns its input and costs nothing");
  }
  if (!catalogue::stands_alone(method)) {
    throw core::BadInput(begin + "\", which needs the architecture that a search derives");
  }
}

constexpr const char* kWholeSpace = "clearer";
const std::string kSupernet = "_supernet";

/// Those whose supernet the catalogue has, by the derived network's name.
std::vector<std::string> searched_methods() {
  std::vector<std::string> names;
  for (const auto& method : catalogue::catalogue()) {
    if (method.kind != MethodKind::kSupernet) continue;
    names.push_back(method.name.substr(0, method.name.size() - kSupernet.size()));
  }
  return names;
}

std::string search_spaces() {
  std::string names = std::string("\"") + kWholeSpace + "\"";
  for (const auto& name : searched_methods()) names += ", \"" + name + "\"";
  return names;
}

[[noreturn]] void refuse_search(const std::string& text, const std::string& why) {
  throw core::BadInput("cost: --step search: expected a search space (" + search_spaces() +
                       "), found \"" + text + "\", " + why);
}

CostSubject search_subject(const std::string& text, const clearer::SearchSpace& space) {
  CostSubject subject;
  if (text == kWholeSpace) {
    subject.title = "CLEARER's space, supernet";
    subject.network = {.kind = "clearer", .space = space};
    return subject;
  }
  if (is_fixed_pattern(text) || is_letters(text)) {
    refuse_search(text, "a single architecture. Its search space is \"clearer\"");
  }
  const auto known = searched_methods();
  const auto name =
      text.ends_with(kSupernet) ? text.substr(0, text.size() - kSupernet.size()) : text;
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    const auto& all = catalogue::catalogue();
    const bool is_method = std::any_of(all.begin(), all.end(),
                                       [&](const auto& method) { return method.name == text; });
    if (is_method) refuse_search(text, "which has none. To measure its training, use --step train");
    auto names = known;
    names.emplace_back(kWholeSpace);
    refuse_search(text, "which is not a method" + core::did_you_mean(text, names));
  }
  const auto& method = catalogue::method(name);
  subject.title = method.title + " (supernet)";
  subject.image_channels = method.image_channels;
  subject.network = {.kind = "network", .space = {}, .architecture = {}, .method = name};
  return subject;
}

void require_trainable(const catalogue::Method& method) {
  const std::string begin =
      "cost: --step train: expected a network or an architecture, found \"" + method.name;
  if (method.kind == MethodKind::kSupernet) {
    throw core::BadInput(begin + "\", whose weights are trained in a search. Use --step search");
  }
  if (method.kind == MethodKind::kClassical) {
    throw core::BadInput(begin + "\", which has no weights to train. Remove --step");
  }
}

}  // namespace

CostSubject cost_subject(const std::string& text, const clearer::SearchSpace& space,
                         const std::string& step) {
  if (step == "search") return search_subject(text, space);
  if (text == kWholeSpace) {
    throw core::BadInput("cost: expected a method or one architecture, found \"" + text +
                         "\", a whole search space. Use --step search or name an architecture");
  }
  if (is_fixed_pattern(text) || is_letters(text)) return architecture_subject(text, space);
  const auto& all = catalogue::catalogue();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& method) { return method.name == text; });
  if (found == all.end()) fail_unknown(text);
  require_measurable(*found);
  if (step == "train") require_trainable(*found);
  CostSubject subject{.title = found->title, .image_channels = found->image_channels};
  subject.network.kind = found->kind == MethodKind::kClassical ? "classical" : "network";
  subject.network.method = found->name;
  return subject;
}

}  // namespace bench::runner
