#include <algorithm>

#include "runner/experiment/catalogues.h"
#include "runner/experiment/ids_of.h"
#include "runner/experiment/read_parts.h"
#include "runner/experiment/task_protocol.h"

namespace bench::runner {
namespace {

const std::vector<std::string> kQuantities = {"parameters", "macs", "latency_ms",
                                              "peak_memory_bytes", "train_seconds"};

std::vector<std::string> keys_of(AskKind kind) {
  switch (kind) {
    case AskKind::kBetter:
      return {"kind", "contestant", "other", "others", "task", "protocol"};
    case AskKind::kEqual:
      return {"kind", "contestant", "other", "others", "task", "protocol", "margin"};
    case AskKind::kDiffers:
      return {"kind", "contestant", "other", "others"};
    case AskKind::kCorrelates:
      break;
  }
  return {"kind", "quantity", "with_task", "task", "protocol"};
}

const Contestant& contestant_of(const Experiment& experiment, const std::string& id) {
  return *std::find_if(experiment.contestants.begin(), experiment.contestants.end(),
                       [&](const Contestant& one) { return one.id == id; });
}

// One id, or a list of them.
std::vector<std::string> read_others(const core::JsonReader& block, const Experiment& experiment,
                                     const std::string& contestant) {
  const auto known = ids_of(experiment.contestants);
  std::vector<std::string> others;
  const auto add = [&](const core::JsonReader& one) {
    const std::string id = one.one_of(known);
    if (id == contestant) one.fail("another contestant than the one it is compared with");
    if (std::find(others.begin(), others.end(), id) != others.end()) one.fail("each id once");
    others.push_back(id);
  };
  if (block.has("other") == block.has("others")) block.fail("either \"other\" or \"others\"");
  if (const auto other = block.find("other")) {
    add(*other);
    return others;
  }
  for (const auto& one : block.at("others").elements()) add(one);
  if (others.empty()) block.at("others").fail("at least one contestant");
  return others;
}

std::string read_protocol(const core::JsonReader& block, const Experiment& experiment) {
  const auto value = block.find("protocol");
  if (!value) return experiment.protocols.front();
  const auto named = canonical_protocols(*value);
  if (named.size() == 1) {
    const auto protocol = without_noise(*value, named[0], experiment.tasks);
    const auto& known = experiment.protocols;
    if (std::find(known.begin(), known.end(), protocol) != known.end()) return protocol;
  }
  value->fail_unknown("one protocol of this experiment", experiment.protocols);
}

bool is_scored(const Contestant& contestant) {
  return contestant.kind != ContestantKind::kSearched || contestant.trained;
}

bool all_take_part(const Experiment& experiment, const Ask& ask, const std::string& task) {
  auto ids = ask.others;
  if (!ask.contestant.empty()) ids.push_back(ask.contestant);
  return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const auto& contestant = contestant_of(experiment, id);
    return takes_part(contestant, task) && is_scored(contestant);
  });
}

std::vector<std::string> read_tasks(const core::JsonReader& block, const Experiment& experiment,
                                    const Ask& ask) {
  if (const auto task = block.find("task")) {
    const std::string id = task->one_of(ids_of(experiment.tasks));
    if (!all_take_part(experiment, ask, id)) {
      task->fail("a task on which all contestants of this question are scored");
    }
    return {id};
  }
  std::vector<std::string> tasks;
  for (const auto& task : experiment.tasks) {
    if (all_take_part(experiment, ask, task.id)) tasks.push_back(task.id);
  }
  if (tasks.empty()) block.fail("contestants that are scored on one task at least");
  return tasks;
}

// Only what is searched has an architecture that could have come out otherwise.
void require_searched(const core::JsonReader& block, const Experiment& experiment, const Ask& ask) {
  auto ids = ask.others;
  ids.push_back(ask.contestant);
  for (const auto& id : ids) {
    if (contestant_of(experiment, id).kind == ContestantKind::kSearched) continue;
    block.fail("searched contestants, because other architectures are given",
               ", but \"" + id + "\" is not searched");
  }
}

void read_correlation(const core::JsonReader& block, const Experiment& experiment, Ask& ask) {
  const auto quantity = block.find("quantity"), with = block.find("with_task");
  if (quantity.has_value() == with.has_value()) {
    block.fail("either \"quantity\" or \"with_task\"");
  }
  if (quantity) ask.quantity = quantity->one_of(kQuantities);
  if (!with) return;
  ask.with_task = with->one_of(ids_of(experiment.tasks));
  block.at("task");
  if (ask.tasks.front() == ask.with_task) with->fail("another task than \"task\"");
}

Ask read_ask(const core::JsonReader& block, const Experiment& experiment) {
  const auto kinds = text::names_of<AskKind>();
  const std::string kind = block.at("kind").one_of(kinds);
  Ask ask{.kind = *text::value_of<AskKind>(kind)};
  block.allow_only(keys_of(ask.kind));
  if (ask.kind != AskKind::kCorrelates) {
    ask.contestant = block.at("contestant").one_of(ids_of(experiment.contestants));
    ask.others = read_others(block, experiment, ask.contestant);
  }
  if (ask.kind == AskKind::kDiffers) {
    require_searched(block, experiment, ask);
    return ask;
  }
  ask.protocol = read_protocol(block, experiment);
  ask.tasks = read_tasks(block, experiment, ask);
  if (ask.kind == AskKind::kEqual) {
    const auto margin = block.at("margin");
    ask.margin = margin.number({0, 1000});
    if (ask.margin <= 0) margin.fail("a margin above 0");
  }
  if (ask.kind == AskKind::kCorrelates) read_correlation(block, experiment, ask);
  return ask;
}

}  // namespace

std::vector<Ask> read_asks(const core::JsonReader& block, const Experiment& experiment) {
  std::vector<Ask> asks;
  for (const auto& one : block.elements()) asks.push_back(read_ask(one, experiment));
  return asks;
}

}  // namespace bench::runner
