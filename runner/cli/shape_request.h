#pragma once

#include "runner/cli/command_shape.h"

namespace bench::runner {

/// The one argument with which a command is asked for its shape; no shell can pass it by accident.
inline constexpr const char* kShapeRequest = "\x01shape";

/// The answer, thrown by `parse_arguments`, so that nothing after it in the command is carried out.
struct RequestedShape {
  CommandShape shape;
};

/// What the parser takes.
CommandShape shape_of(const CLI::App& parser);

}  // namespace bench::runner
