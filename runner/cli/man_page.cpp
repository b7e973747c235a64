// man(7): a line that begins with a dot or an apostrophe is a request and a backslash an escape, so
// every text goes through `troff`. Hyphens are written \-, so that an option can be copied.
#include "runner/cli/command_pages.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace bench::runner {
namespace {

std::string troff(const std::string& text) {
  std::string escaped;
  bool at_line_start = true;
  for (const char letter : text) {
    if (at_line_start && (letter == '.' || letter == '\'')) escaped += "\\&";
    at_line_start = letter == '\n';
    switch (letter) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      default:
        escaped += letter;
    }
  }
  return escaped;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return text;
}

void write_head(std::ostream& out, const std::string& page, const std::string& summary,
                const std::string& version) {
  out << ".\\\" Generated: bench man\n.TH " << upper(troff(page)) << " 1 \"\" \"bench "
      << troff(version) << "\" \"bench\"\n.SH NAME\n"
      << troff(page) << " \\- " << troff(summary) << "\n";
}

void write_usage(std::ostream& out, const std::string& words, const CommandShape& command) {
  out << ".B " << troff(words) << "\n";
  const bool has_options = std::any_of(command.options.begin(), command.options.end(),
                                       [](const auto& option) { return !option.is_positional; });
  if (has_options) out << ".RI [ options ]\n";
  for (const auto& option : command.options) {
    if (!option.is_positional) continue;
    const auto name = troff(option.names.front());
    out << (option.is_required ? ".I " + name : ".RI [ " + name + " ]") << "\n";
  }
}

void write_option(std::ostream& out, const OptionShape& option) {
  out << ".TP\n";
  if (option.is_positional) {
    out << ".I " << troff(option.names.front()) << "\n";
  } else {
    std::string tag;
    for (const auto& name : option.names) {
      tag += (tag.empty() ? "\\fB" : ", \\fB") + troff(name) + "\\fR";
    }
    out << tag << (option.takes_value ? " \\fIVALUE\\fR" : "") << "\n";
  }
  out << troff(option.text);
  std::string words;
  for (const auto& choice : option.choices) words += (words.empty() ? "" : ", ") + choice;
  if (!words.empty()) out << (option.text.empty() ? "" : "\n") << "(" << troff(words) << ")";
  out << "\n";
}

void write_options(std::ostream& out, const CommandShape& command) {
  for (const auto& option : command.options) write_option(out, option);
}

void write_exit_codes(std::ostream& out) {
  out << ".SH EXIT STATUS\n" << troff(kExitCodesText) << "\n";
}

}  // namespace

std::string man_page(const std::vector<CommandShape>& commands, const std::string& version) {
  std::ostringstream out;
  write_head(out, "bench", "reproducible benchmarks of image restoration and architecture search",
             version);
  out << ".SH SYNOPSIS\n.B bench\n.I command\n.RI [ options ]\n.SH COMMANDS\n";
  for (const auto& command : commands) {
    out << ".TP\n\\fBbench\\-" << troff(command.name) << "\\fR(1)\n"
        << troff(command.summary) << "\n";
  }
  out << ".SH ENVIRONMENT\n"
         ".TP\n.B BENCH_DATA_DIR\nfolder of real data sets and weights (data/ and weights/ in it)\n"
         ".TP\n.B BENCH_STAGE_PROGRAM\nthe program that carries out a stage, instead of the one "
         "beside bench\n";
  write_exit_codes(out);
  return out.str();
}

std::string man_page(const CommandShape& command, const std::string& version) {
  std::ostringstream out;
  const std::string words = "bench " + command.name;
  write_head(out, "bench-" + command.name, command.summary, version);
  out << ".SH SYNOPSIS\n";
  write_usage(out, words, command);
  for (const auto& nested : command.nested) {
    out << ".br\n";
    write_usage(out, words + " " + nested.name, nested);
  }
  out << ".SH DESCRIPTION\n" << troff(command.text) << "\n";
  out << ".SH OPTIONS\n";
  write_options(out, command);
  for (const auto& nested : command.nested) {
    out << ".SS " << troff(words + " " + nested.name) << "\n" << troff(nested.text) << "\n";
    write_options(out, nested);
  }
  write_exit_codes(out);
  out << ".SH SEE ALSO\n.BR bench (1)\n";
  return out.str();
}

}  // namespace bench::runner
