#include "stages/exchange/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace bench::exchange {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const char* doing) {
  throw std::runtime_error(file.string() + ": " + doing + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags) : file_(file) {
    descriptor_ = ::open(file.c_str(), flags | O_CLOEXEC, 0644);
    if (descriptor_ < 0) fail(file, "opening");
  }
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(file_, "writing");
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void synchronize() const {
    if (::fsync(descriptor_) != 0) fail(file_, "synchronizing");
  }

 private:
  const std::filesystem::path& file_;
  int descriptor_;
};

}  // namespace

void write_atomically(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path aside = file.string() + ".part";
  {
    const Descriptor descriptor(aside, O_WRONLY | O_CREAT | O_TRUNC);
    descriptor.write_all(text);
    descriptor.synchronize();
  }
  std::filesystem::rename(aside, file);
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  Descriptor(folder, O_RDONLY | O_DIRECTORY).synchronize();
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) fail(file, "opening");
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad()) fail(file, "reading");
  return text;
}

}  // namespace bench::exchange
