#include "runner/cli/command.h"

#include <algorithm>
#include <iostream>
#include <vector>

#include "core/json/bad_input.h"
#include "runner/cli/shape_request.h"

namespace bench::runner {
namespace {

std::vector<std::string> option_names(const CLI::App& parser) {
  std::vector<std::string> names;
  for (const auto* option : parser.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

bool needs_quotes(const std::string& word) {
  return word.empty() || word.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "._-/=,:+@") != std::string::npos;
}

}  // namespace

const char* const kExitCodesText =
    "Exit codes: 0 ok; 1 a stage failed; 2 usage or bad input; 3 regression; 4 inconclusive;\n"
    "5 nothing measured; 6 a claim contradicted; 130 interrupted (the same command resumes).";

void name_parser(CLI::App& parser, const char* name) {
  parser.name(std::string("bench ") + name);
  parser.footer(kExitCodesText);
}

std::optional<int> parse_arguments(CLI::App& parser, int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == kShapeRequest) throw RequestedShape{shape_of(parser)};
  try {
    parser.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    std::cout << parser.help();
    return kExitOk;
  } catch (const CLI::ParseError& error) {
    std::cerr << parser.get_name() << ": " << error.what();
    for (int i = 1; i < argc; ++i) {
      const std::string word = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
      const auto names = option_names(parser);
      const bool unknown =
          word.starts_with("--") && std::find(names.begin(), names.end(), word) == names.end();
      if (unknown) std::cerr << core::did_you_mean(word, names);
    }
    std::cerr << "\nRun " << parser.get_name() << " --help for usage.\n";
    return kExitBadInput;
  }
}

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) {
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return quoted + "'";
}

std::string command_line_text(int argc, char** argv) {
  std::string text;
  for (int i = 0; i < argc; ++i) {
    const std::string word = argv[i];
    text += (i > 0 ? " " : "") + (needs_quotes(word) ? shell_quoted(word) : word);
  }
  return text;
}

}  // namespace bench::runner
