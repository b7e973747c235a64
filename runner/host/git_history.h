#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bench::runner {

/// The commit that `name` stands for, and those before it that are its own.
struct OwnCommits {
  std::string name = {};  ///< a branch, tag or commit, as it was asked for
  /// Full hashes, newest first: that of `name`, then those that the other side does not have.
  std::vector<std::string> commits = {};
};

/// Of `name`, seen from `other`, in the repository around `folder`. Empty where there is no
/// repository, or git does not know one of the two.
std::optional<OwnCommits> own_commits(const std::filesystem::path& folder, const std::string& name,
                                      const std::string& other);

}  // namespace bench::runner
