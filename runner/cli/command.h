#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

namespace bench::runner {

/// One command of `bench`: its row in the table of main.cpp.
struct Command {
  const char* name;
  const char* summary;
  int (*function)(int argc, char** argv);  ///< argv[0] is the command's name; returns the exit code
  const Command* nested = nullptr;         ///< a command within it that has a parser of its own
};

/// Exit codes, the same for every command.
inline constexpr int kExitOk = 0;
inline constexpr int kExitStageFailed = 1;
inline constexpr int kExitBadInput = 2;
inline constexpr int kExitRegression = 3;
inline constexpr int kExitInconclusive = 4;
inline constexpr int kExitNothingMeasured = 5;
inline constexpr int kExitContradicted = 6;
inline constexpr int kExitInterrupted = 130;

/// What every command's --help ends with.
extern const char* const kExitCodesText;

/// An empty parser called "bench NAME".
void name_parser(CLI::App& parser, const char* name);

/// Parses; on --help prints it, on a mistake a message with the nearest right option.
/// \returns the exit code to end with, or nothing to go on.
std::optional<int> parse_arguments(CLI::App& parser, int argc, char** argv);

/// `'...'`: a shell takes what is within as text.
std::string shell_quoted(const std::string& text);

/// The command line as it was typed, quoted where a shell needs it.
std::string command_line_text(int argc, char** argv);

}  // namespace bench::runner
