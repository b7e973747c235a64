#include "runner/cli/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <system_error>

namespace bench::runner {

void occupy_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number, which is this one. Opened for reading: writing still fails, as the
    // caller's `>&-` asks for.
    if (::open("/dev/null", O_RDONLY) < 0) return;
  }
}

std::string flush_standard_output() {
  std::cout.flush();
  errno = 0;
  const bool arrived = std::fflush(stdout) == 0;
  const int error = errno;
  if (arrived && std::cout.good() && std::ferror(stdout) == 0) return "";
  // An earlier write may have failed, and its reason is gone by now.
  return error != 0 ? std::generic_category().message(error)
                    : std::string("some of the output was lost (is the disk full?)");
}

}  // namespace bench::runner
