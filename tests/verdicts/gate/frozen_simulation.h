#pragma once

namespace bench::verdicts {

/// Prints how often `bench gate cost --baseline FILE` alarms and passes, as Markdown.
void print_frozen_costs(int trials);

}  // namespace bench::verdicts
