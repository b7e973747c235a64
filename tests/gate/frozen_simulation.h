#pragma once

namespace bench::gate {

/// Prints how often `bench gate cost --baseline FILE` alarms and passes, as Markdown.
void print_frozen_costs(int trials);

}  // namespace bench::gate
