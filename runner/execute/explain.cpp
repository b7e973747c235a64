#include "runner/execute/explain.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/text/visible_text.h"
#include "runner/plan/stage_key.h"

namespace bench::runner {
namespace {

using exchange::StageRequest;
using nlohmann::json;
using Lines = std::vector<std::string>;

std::string key_of(const std::filesystem::path& stage_folder) {
  return stage_folder.parent_path().filename().string() + stage_folder.filename().string();
}

std::optional<StageRequest> request_in(const std::filesystem::path& folder) {
  try {
    if (std::filesystem::exists(folder / exchange::kRequestFile)) {
      return exchange::read_request(folder);
    }
  } catch (const std::runtime_error&) {
    // What cannot be read explains nothing.
  }
  return std::nullopt;
}

StageRequest request_of(const StageOutcome& outcome, const PlannedStage& planned,
                        const StageStore& store) {
  const auto folder = store.folder_of(outcome.key);
  StageRequest request{.kind = planned.kind,
                       .name = planned.name,
                       .settings_json = outcome.key_parts.settings_json,
                       .inputs = {},
                       .code_folders = code_folders(planned.kind),
                       .data_digest = outcome.key_parts.data_digest,
                       .program_digest = outcome.key_parts.program_digest};
  for (const auto& [role, key] : outcome.key_parts.inputs) {
    request.inputs.push_back({role, store.folder_of(key).string()});
  }
  return request;
}

// The last stage of that name and kind that was begun in the store, but for `own`.
std::optional<std::filesystem::path> earlier_stage(const StageStore& store,
                                                   const PlannedStage& planned,
                                                   const std::string& own) {
  std::optional<std::filesystem::path> found;
  std::string latest;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(store.root() / "store", error), end;
       !error && it != end; it.increment(error)) {
    if (it.depth() == 1) it.disable_recursion_pending();
    if (it.depth() != 1 || key_of(it->path()) == own) continue;
    const auto request = request_in(it->path());
    if (!request || request->kind != planned.kind || request->name != planned.name) continue;
    if (found && request->started_utc < latest) continue;
    found = it->path();
    latest = request->started_utc;
  }
  return found;
}

std::string was_and_is(const std::string& what, const std::string& was, const std::string& is) {
  const auto shown = [](const std::string& value) {
    return value.empty() ? std::string("absent") : text::visible_text(value.substr(0, 60));
  };
  return what + " was " + shown(was) + " and is " + shown(is);
}

using Values = std::map<std::string, std::string>;

// Each name whose value is another, or stands on one side only.
void compare(const std::string& what, const Values& was, const Values& is, Lines& lines) {
  Values all = was;
  all.insert(is.begin(), is.end());
  const auto value_in = [](const Values& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
  for (const auto& [name, value] : all) {
    const auto before = value_in(was, name), now = value_in(is, name);
    if (before != now) lines.push_back(was_and_is(what + name, before, now));
  }
}

Values settings_of(const StageRequest& request) {
  Values values;
  const json flat = json::parse(request.settings_json).flatten();
  for (const auto& [pointer, value] : flat.items()) values[pointer] = value.dump();
  return values;
}

Values code_of(const StageRequest& request) {
  Values values;
  for (const auto& [folder, digest] : request.code_folders) values[folder] = digest.substr(0, 12);
  return values;
}

void compare_requests(const std::filesystem::path& was_in, const StageRequest& was,
                      const StageRequest& is, const std::string& of, Lines& lines) {
  compare(of + "setting ", settings_of(was), settings_of(is), lines);
  compare(of + "code in ", code_of(was), code_of(is), lines);
  if (was.data_digest != is.data_digest) {
    lines.push_back(of + "the images that it reads were others (by content)");
  }
  if (was.program_digest != is.program_digest) {
    lines.push_back(was_and_is(of + "the program that does the stages (BENCH_STAGE_PROGRAM)",
                               was.program_digest.substr(0, 12), is.program_digest.substr(0, 12)));
  }
  for (const auto& input : is.inputs) {
    const auto same_role = std::find_if(was.inputs.begin(), was.inputs.end(),
                                        [&](const auto& one) { return one.role == input.role; });
    if (same_role == was.inputs.end()) {
      lines.push_back(of + "input " + input.role + " was absent");
      continue;
    }
    const auto old_folder = (was_in / same_role->folder).lexically_normal();
    if (key_of(old_folder) == key_of(input.folder)) continue;
    const auto old_input = request_in(old_folder), new_input = request_in(input.folder);
    lines.push_back(was_and_is(of + "input " + input.role, key_of(old_folder).substr(0, 12),
                               key_of(input.folder).substr(0, 12)));
    if (!old_input || !new_input) continue;
    auto resolved = *new_input;
    for (auto& inner : resolved.inputs) {
      inner.folder = (std::filesystem::path(input.folder) / inner.folder).lexically_normal();
    }
    compare_requests(old_folder, *old_input, resolved, of + "input " + input.role + ": ", lines);
  }
}

}  // namespace

std::vector<std::string> explain(const Plan& plan, const std::vector<StageOutcome>& outcomes,
                                 std::size_t stage, const StageStore& store) {
  const PlannedStage& planned = plan.stages[stage];
  const StageOutcome& outcome = outcomes[stage];
  if (outcome.state == StageState::kCached) {
    return {"up to date: its result is in " + store.folder_of(outcome.key).string()};
  }
  if (outcome.key.empty()) {
    Lines lines = {"to do: it needs results that are not there yet"};
    for (const auto input : needed_by(planned)) {
      if (!outcomes[input].result) lines.push_back("needs \"" + plan.stages[input].name + "\"");
    }
    return lines;
  }
  const auto folder = store.folder_of(outcome.key);
  Lines lines = {"to do: the store holds no result for its key " + outcome.key.substr(0, 12)};
  if (!outcome.reason.empty()) lines.push_back(outcome.reason);
  if (const auto failure = exchange::read_failure(folder)) {
    lines.push_back("it failed when it was tried last: " + text::visible_text(*failure));
  } else if (outcome.reason.empty() && request_in(folder)) {
    lines.push_back("it was begun and not finished");
  }
  const auto earlier = earlier_stage(store, planned, outcome.key);
  if (!earlier) {
    lines.push_back("no other stage of this name was ever begun in this store");
    return lines;
  }
  lines.push_back("compared with the last one of its name, in " + earlier->string() + ":");
  compare_requests(*earlier, *request_in(*earlier), request_of(outcome, planned, store), "", lines);
  return lines;
}

}  // namespace bench::runner
