#pragma once

#include <atomic>

namespace bench::runner {

/// From now on Ctrl-C (SIGINT) and SIGTERM set the flag that is returned, once: a second one ends
/// the program at once, and its stages die with it.
const std::atomic<bool>& listen_for_interrupts();

}  // namespace bench::runner
