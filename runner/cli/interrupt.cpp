#include "runner/cli/interrupt.h"

#include <csignal>

namespace bench::runner {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

void note_interrupt(int) {
  interrupted = true;
}

}  // namespace

const std::atomic<bool>& listen_for_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM, SIGQUIT}) ::sigaction(signal, &action, nullptr);
  struct sigaction before {};
  ::sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &action, nullptr);
  return interrupted;
}

void outlive_readers() {
  ::signal(SIGPIPE, SIG_IGN);
}

}  // namespace bench::runner
