#include <iostream>

#include "runner/cli/command.h"
#include "runner/cli/command_pages.h"
#include "runner/cli/commands.h"

namespace bench::runner {

std::string short_text(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  line = line.substr(0, line.find(" ["));
  return line.substr(0, line.find("; "));
}

int completion_command(int argc, char** argv) {
  CLI::App parser(
      "Prints the completions of a shell. To load them in bash or zsh:\n"
      "  source <(bench completion bash)");
  name_parser(parser, "completion");
  std::string shell;
  parser.add_option("SHELL", shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  const auto commands = all_shapes();
  std::cout << (shell == "bash"  ? bash_completion(commands)
                : shell == "zsh" ? zsh_completion(commands)
                                 : fish_completion(commands));
  return kExitOk;
}

}  // namespace bench::runner
