// A command builds its parser inside its function, where its variables live. So the function is
// called with one word that no user types; `parse_arguments` sees it, and instead of parsing
// throws what it knows of the parser. Nothing is described twice.
#include "runner/cli/command_shape.h"

#include <stdexcept>
#include <utility>

#include "runner/cli/commands.h"
#include "runner/cli/shape_request.h"

namespace bench::runner {
namespace {

// "TEXT:{cpu,cuda}" -> cpu, cuda. CLI11 tells a check's words only in this text.
std::vector<std::string> choices_in(const std::string& type_name) {
  const auto open = type_name.find(":{");
  const auto close = type_name.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return {};
  std::vector<std::string> choices;
  std::string word;
  for (const char letter : type_name.substr(open + 2, close - open - 2) + ",") {
    if (letter != ',') {
      word += letter;
    } else if (!word.empty()) {
      choices.push_back(std::exchange(word, ""));
    }
  }
  return choices;
}

OptionShape shape_of(const CLI::Option& option) {
  OptionShape shape{.text = option.get_description(),
                    .choices = choices_in(option.get_type_name()),
                    .is_positional = option.get_positional(),
                    .is_required = option.get_required(),
                    .takes_value = option.get_items_expected_max() > 0};
  if (shape.is_positional) {
    shape.names = {option.get_name(/*positional=*/true)};
    return shape;
  }
  for (const auto& name : option.get_snames()) shape.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) shape.names.push_back("--" + name);
  return shape;
}

}  // namespace

CommandShape shape_of(const CLI::App& parser) {
  CommandShape shape{.name = parser.get_name(), .text = parser.get_description()};
  shape.summary = shape.text.substr(0, shape.text.find('\n'));
  for (const auto* option : parser.get_options()) shape.options.push_back(shape_of(*option));
  for (const auto* nested : parser.get_subcommands([](const CLI::App*) { return true; })) {
    shape.nested.push_back(shape_of(*nested));
  }
  return shape;
}

CommandShape shape_of(const Command& command) {
  std::string name = command.name, request = kShapeRequest;
  char* words[] = {name.data(), request.data(), nullptr};
  try {
    command.function(2, words);
  } catch (const RequestedShape& answer) {
    CommandShape shape = answer.shape;
    shape.name = command.name;
    shape.summary = command.summary;
    if (command.nested != nullptr) shape.nested.push_back(shape_of(*command.nested));
    return shape;
  }
  throw std::logic_error(std::string(command.name) + ": expected it to call parse_arguments first");
}

std::vector<CommandShape> all_shapes() {
  std::vector<CommandShape> shapes;
  for (const auto& command : all_commands()) shapes.push_back(shape_of(command));
  return shapes;
}

}  // namespace bench::runner
