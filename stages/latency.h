#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace bench::stages {

/// Mean wall time of one call in milliseconds, one value a repetition, taken by Google Benchmark:
/// after a warm-up, each repetition calls as often as fills its smallest time.
/// \param call         begins and ends with a synchronized device
/// \param repetitions  at least 1
/// \throws what `call` threw
std::vector<double> call_milliseconds(const std::function<void()>& call, std::int64_t repetitions);

}  // namespace bench::stages
