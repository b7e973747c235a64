#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace bench::memory {

/// Bytes that this process could have resident, what it already has included: the least of what
/// the machine has free, the limit of its control group, and the process's own limits (RLIMIT_AS,
/// RLIMIT_DATA). Nothing where none of them is known.
std::optional<std::int64_t> bytes_at_hand();

/// The same from files as /proc/meminfo and a control group's folder have them; the tests' door.
/// \param resident  what the process has now
std::optional<std::int64_t> free_bytes(const std::filesystem::path& meminfo,
                                       const std::filesystem::path& control_group,
                                       std::int64_t resident);

/// Limits this process's data to `bytes` beyond what it has mapped now, so that asking for more
/// ends in an exception with a size, not in a kill by the kernel without a word.
void limit_data(std::int64_t bytes);

}  // namespace bench::memory
