#pragma once

#include <atomic>

namespace bench::runner {

/// From now on Ctrl-C (SIGINT), SIGTERM, SIGQUIT and SIGHUP (the terminal is gone) set the flag
/// that is returned, once: a second one ends the program at once, and its stages die with it. A
/// SIGHUP that was ignored (nohup) stays ignored.
const std::atomic<bool>& listen_for_interrupts();

/// Output that nobody reads any more (SIGPIPE) is dropped instead of ending the program.
void outlive_readers();

}  // namespace bench::runner
