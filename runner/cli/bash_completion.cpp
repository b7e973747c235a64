// One function for bash, of three tables written out as `case`: the commands within a command, the
// options of each, and the words that an option takes. An empty answer lets readline offer file
// names (`complete -o default`). It needs nothing of the package bash-completion.
#include <sstream>

#include "runner/cli/command_pages.h"

namespace bench::runner {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> names_of(const std::vector<CommandShape>& commands) {
  std::vector<std::string> names;
  for (const auto& command : commands) names.push_back(command.name);
  return names;
}

std::vector<std::string> option_names(const CommandShape& command) {
  std::vector<std::string> names;
  for (const auto& option : command.options) {
    if (!option.is_positional) names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

// The words of a positional argument, which stand wherever no option does.
std::vector<std::string> positional_choices(const CommandShape& command) {
  std::vector<std::string> words = names_of(command.nested);
  for (const auto& option : command.options) {
    if (!option.is_positional) continue;
    words.insert(words.end(), option.choices.begin(), option.choices.end());
  }
  return words;
}

void write_values(std::ostream& out, const std::string& place, const CommandShape& command) {
  for (const auto& option : command.options) {
    if (option.is_positional || !option.takes_value) continue;
    std::string patterns;
    for (const auto& name : option.names) {
      patterns += (patterns.empty() ? "" : " | ") + shell_quoted(place + " " + name);
    }
    out << "    " << patterns << ") words=" << shell_quoted(joined(option.choices))
        << " is_value=1 ;;\n";
  }
}

void write_options(std::ostream& out, const std::string& place, const CommandShape& command) {
  out << "    " << shell_quoted(place)
      << ")\n      options=" << shell_quoted(joined(option_names(command)))
      << "\n      words=" << shell_quoted(joined(positional_choices(command))) << " ;;\n";
}

template <typename Write>
void for_each_place(std::ostream& out, const std::vector<CommandShape>& commands, Write write) {
  for (const auto& command : commands) {
    write(out, command.name, command);
    for (const auto& nested : command.nested) {
      write(out, command.name + " " + nested.name, nested);
    }
  }
}

}  // namespace

std::string bash_completion(const std::vector<CommandShape>& commands) {
  std::ostringstream out;
  out << "# bash completion of bench. Generated: bench completion bash\n"
         "_bench() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local place=${COMP_WORDS[1]} options= words= is_value=\n"
         "  COMPREPLY=()\n"
         "  # bash cuts --name=value into three words.\n"
         "  [[ $previous == '=' ]] && previous=${COMP_WORDS[COMP_CWORD-2]}\n"
         "  [[ $current == '=' ]] && current=\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W "
      << shell_quoted(joined(names_of(commands)) + " --help --version")
      << " -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  if ((COMP_CWORD > 2)); then\n"
         "    case \"$place ${COMP_WORDS[2]}\" in\n";
  for (const auto& command : commands) {
    for (const auto& nested : command.nested) {
      const auto place = shell_quoted(command.name + " " + nested.name);
      out << "      " << place << ") place=" << place << " ;;\n";
    }
  }
  out << "    esac\n  fi\n  case \"$place $previous\" in\n";
  for_each_place(out, commands, write_values);
  out << "  esac\n  [[ $is_value ]] || case $place in\n";
  for_each_place(out, commands, write_options);
  out << "  esac\n"
         "  if [[ $current == -* && ! $is_value ]]; then words=$options; fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _bench bench\n";
  return out.str();
}

}  // namespace bench::runner
