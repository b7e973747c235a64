#pragma once

namespace bench::exchange {

/// Exit code of a stage that was given less memory than it asked for; its failure.json says more.
inline constexpr int kOutOfMemoryExit = 12;  // ENOMEM

}  // namespace bench::exchange
