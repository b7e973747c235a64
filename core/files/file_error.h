#pragma once

#include <stdexcept>

namespace bench::files {

/// A file or folder that cannot be read or written: one sentence with its path and the reason.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace bench::files
