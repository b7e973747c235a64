#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace bench::runner {

/// What a stage must not do, by name:
///   hang, deaf (hangs and ignores SIGTERM), stop (SIGSTOP), children (leaves one that sleeps, its
///   process number in the file `child`, and goes on), crash (SIGSEGV), no-result (exit code 0),
///   half-result, nan-result, twice-result, deep-result (brackets without end), outside-result
///   (names /etc/hostname as its artifact), flood (FAKE_STAGE_BYTES in one line of its log),
///   endless-event (a line of events without an end), commands (of a terminal, in its log),
///   no-folder (removes its own).
/// \returns its exit code, or nothing if it goes on as usual. An unknown name does nothing.
std::optional<int> do_misdeed(const std::string& name, const std::filesystem::path& folder);

}  // namespace bench::runner
