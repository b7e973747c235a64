#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace bench::runner {

/// (name, value) in the order to show.
using Facts = std::vector<std::pair<std::string, std::string>>;

/// The machine: processor, its vector extensions, cores, memory, operating system, GPUs.
Facts machine_facts();

/// The program: version, compiler, flags, LibTorch and library versions it was built with.
Facts program_facts();

/// The state of the sources around `folder`: commit, whether it has uncommitted changes, and the
/// SHA-256 of those. Says so where there is no repository.
Facts source_facts(const std::filesystem::path& folder);

}  // namespace bench::runner
