#pragma once

namespace bench::runner {

/// Milliseconds that a fixed computation takes on one core just now (the median of 5 times some
/// milliseconds): how fast the machine is. It shares no code with what is measured beside it, and
/// must never change: baseline files hold its times.
double yardstick_ms();

}  // namespace bench::runner
