#include "runner/host/writable_folder.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/json/bad_input.h"

namespace bench::runner {

void require_writable_folder(const std::string& option, const std::filesystem::path& folder) {
  const auto refuse = [&](const std::string& found) -> core::BadInput {
    return core::BadInput(option + " " + folder.string() + ": expected a writable folder, found " +
                          found + ". Choose another with " + option);
  };
  auto part = std::filesystem::absolute(folder).lexically_normal();
  std::error_code unknown;  // what cannot be looked at does not exist for us
  while (!std::filesystem::exists(part, unknown) && part.has_relative_path()) {
    part = part.parent_path();
  }
  if (!std::filesystem::is_directory(part, unknown))
    throw refuse(part.string() + ", which is not a folder");
  if (::access(part.c_str(), W_OK | X_OK) != 0) {
    throw refuse(part.string() + ": " + std::strerror(errno));
  }
}

}  // namespace bench::runner
