#include "runner/host/utc_time.h"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace bench::runner {

std::string utc_now() {
  return utc_before_now(std::chrono::milliseconds(0));
}

std::string utc_before_now(std::chrono::milliseconds ago) {
  using namespace std::chrono;
  const auto now = system_clock::now() - ago;
  const std::time_t seconds = system_clock::to_time_t(now);
  const auto milliseconds = duration_cast<std::chrono::milliseconds>(now.time_since_epoch()) % 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char date[32];
  std::strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &parts);
  char text[48];
  std::snprintf(text, sizeof(text), "%s.%03dZ", date, static_cast<int>(milliseconds.count()));
  return text;
}

}  // namespace bench::runner
