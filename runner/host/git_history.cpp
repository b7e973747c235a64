#include "runner/host/git_history.h"

#include <sstream>

#include "runner/launch/command_output.h"

namespace bench::runner {
namespace {

std::optional<std::string> commit_named(const std::filesystem::path& repository,
                                        const std::string& name) {
  auto commit = git_output(
      repository, {"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
  if (commit) commit->erase(commit->find_last_not_of(" \n") + 1);
  return commit;
}

}  // namespace

std::optional<OwnCommits> own_commits(const std::filesystem::path& folder, const std::string& name,
                                      const std::string& other) {
  const auto tip = commit_named(folder, name);
  const auto other_tip = commit_named(folder, other);
  if (!tip || !other_tip) return std::nullopt;
  OwnCommits own{.name = name, .commits = {*tip}};
  const auto list = git_output(folder, {"rev-list", *tip, "^" + *other_tip});
  std::istringstream lines(list.value_or(""));
  for (std::string commit; std::getline(lines, commit);) {
    if (commit != *tip) own.commits.push_back(commit);
  }
  return own;
}

}  // namespace bench::runner
