#include "baselines/weights/file_bytes.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>

#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& doing, int error) {
  throw WeightsError(file.string() + ": " + doing + ": " + std::generic_category().message(error));
}

/// An open file descriptor that is closed at the end of its scope.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags)
      : number_(::open(file.c_str(), flags | O_CLOEXEC, 0666)) {
    if (number_ < 0) fail(file, "cannot open", errno);
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

void write_all(const Descriptor& out, std::span<const std::byte> bytes,
               const std::filesystem::path& file) {
  while (!bytes.empty()) {
    const auto written = ::write(out.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file, "cannot write", errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

std::filesystem::path temporary_beside(const std::filesystem::path& file) {
  static std::atomic<unsigned> count{0};
  auto temporary = file;
  temporary += ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
  return temporary;
}

}  // namespace

std::vector<std::byte> read_file_bytes(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw WeightsError(file.string() + ": expected a weights file, found " +
                       (std::filesystem::exists(file, error) ? "something that is not a file"
                                                             : "nothing at this path"));
  }
  const auto size = std::filesystem::file_size(file, error);
  if (error) throw WeightsError(file.string() + ": cannot read its size: " + error.message());
  std::vector<std::byte> bytes(size);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) {
    throw WeightsError(file.string() + ": expected " + std::to_string(size) +
                       " bytes, could read " + std::to_string(in.gcount()));
  }
  return bytes;
}

void write_file_atomically(const std::filesystem::path& file,
                           std::span<const std::span<const std::byte>> pieces) {
  const auto temporary = temporary_beside(file);
  try {
    {
      const Descriptor out(temporary, O_WRONLY | O_CREAT | O_TRUNC);
      for (const auto piece : pieces) write_all(out, piece, temporary);
      if (::fsync(out.number()) != 0) fail(temporary, "cannot flush to disk", errno);
    }
    if (::rename(temporary.c_str(), file.c_str()) != 0) fail(file, "cannot put in place", errno);
  } catch (const WeightsError&) {
    ::unlink(temporary.c_str());
    throw;
  }
  // Without it the new name itself may be lost in a power cut.
  const auto folder = file.parent_path();
  const Descriptor directory(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(directory.number()) != 0) fail(file, "cannot flush its folder to disk", errno);
}

}  // namespace bench::weights
