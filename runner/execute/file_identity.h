#pragma once

#include <sys/stat.h>

#include <string>

namespace bench::runner {

/// What is another text as soon as the file may be another: size, inode and the times of the last
/// change of content and of attributes. The latter cannot be set back by anybody.
std::string identity_of(const struct stat& facts);

}  // namespace bench::runner
