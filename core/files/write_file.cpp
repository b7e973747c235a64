// Why not simply open and write: a reader, or this program after a crash, would find half a file.
// Why not simply rename: rename() replaces whatever stands there. As root, `--output /dev/null`
// would turn the device of the whole machine into a file, `--csv report.csv` would cut a link to a
// shared folder, and a pipe that somebody reads would never get a byte. So what stands there is
// looked at first, and only a regular file is replaced.
#include "core/files/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>

#include "core/files/read_file.h"

namespace bench::files {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as many as Linux follows

[[noreturn]] void fail_at(const fs::path& path, const std::string& what, int error) {
  throw FileError(path.string() + ": " + what + ": " + std::generic_category().message(error));
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// The descriptor of this process that /dev/stdout, /dev/fd/N or /proc/self/fd/N is, or -1. Opened
/// by name, a file behind it would be written from its beginning, over what stands there already.
int own_descriptor(const fs::path& link) {
  std::error_code error;
  const fs::path folder = fs::canonical(folder_of(link), error);
  if (error || folder != "/proc/" + std::to_string(::getpid()) + "/fd") return -1;
  const std::string name = link.filename().string();
  int number = -1;
  const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), number);
  return code == std::errc() && end == name.data() + name.size() ? number : -1;
}

/// Where a path leads: one link after the other, so that a link whose file is not there yet is
/// followed too.
struct Destination {
  fs::path path;
  int descriptor = -1;  ///< see own_descriptor
};

Destination destination_of(fs::path path) {
  for (int i = 0; i < kMostLinks; ++i) {
    std::error_code error;
    if (!fs::is_symlink(path, error)) return {path};
    if (const int own = own_descriptor(path); own >= 0) return {path, own};
    const fs::path next = fs::read_symlink(path, error);
    if (error) return {path};
    path = next.is_absolute() ? next : folder_of(path) / next;
  }
  fail_at(path, "cannot be written", ELOOP);
}

/// Short, whatever the file is called: a name of 255 bytes must not fail for the sake of this one.
fs::path name_beside(const fs::path& file) {
  static std::atomic<unsigned> count{0};
  return folder_of(file) / (".part-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
}

void keep_mode_and_owner(int descriptor, const struct stat& old) {
  // Only root can give files away; without it the new file belongs to who wrote it.
  if (::fchown(descriptor, old.st_uid, old.st_gid) != 0) errno = 0;
  if (::fchmod(descriptor, old.st_mode & 07777) != 0) errno = 0;
}

void synchronize(int descriptor, const fs::path& path) {
  // EINVAL: a pipe, a device or a file system that has nothing to synchronize.
  if (::fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS) {
    fail_at(path, "cannot be written to the disk", errno);
  }
}

}  // namespace

FileReplacement::FileReplacement(const fs::path& file) : asked_(file) {
  const Destination destination = destination_of(file);
  target_ = destination.path;
  struct stat old {};
  const bool is_there = destination.descriptor >= 0 || ::stat(target_.c_str(), &old) == 0;
  if (destination.descriptor >= 0) {
    descriptor_ = ::fcntl(destination.descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor_ < 0) fail(errno);
  } else if (is_there && S_ISDIR(old.st_mode)) {
    fail(EISDIR);
  } else if (is_there && !S_ISREG(old.st_mode)) {
    open_through();
  } else if (is_there && ::faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0) {
    // The folder would allow to replace it, but its owner has said that it stays.
    fail(errno);
  } else {
    open_beside();
    if (descriptor_ < 0 && is_there) open_through();
    if (descriptor_ >= 0 && is_there && !beside_.empty()) keep_mode_and_owner(descriptor_, old);
  }
  if (descriptor_ < 0) fail(errno);
}

FileReplacement::~FileReplacement() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void FileReplacement::open_through() {
  descriptor_ = ::open(target_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
}

void FileReplacement::open_beside() {
  const fs::path beside = name_beside(target_);
  descriptor_ = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ >= 0) beside_ = beside;
}

void FileReplacement::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void FileReplacement::commit() {
  synchronize(descriptor_, asked_);
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0 && errno != EINTR) fail(errno);
  if (!beside_.empty()) put_in_place();
}

void FileReplacement::put_in_place() {
  if (::rename(beside_.c_str(), target_.c_str()) == 0) {
    beside_.clear();
    synchronize_folder(folder_of(target_));
    return;
  }
  if (errno != EBUSY) fail(errno);
  // The file is a mount of its own: its name cannot be given to another file.
  const std::string content = read_file(beside_);
  open_through();
  if (descriptor_ < 0) fail(errno);
  write(content);
  synchronize(descriptor_, asked_);
}

void FileReplacement::fail(int error) const {
  std::error_code ignored;
  if (error == ENOENT && !fs::is_directory(folder_of(target_), ignored)) {
    throw FileError(asked_.string() + ": expected a folder " + folder_of(target_).string() +
                    ", found none");
  }
  fail_at(asked_, "cannot be written", error);
}

void write_file(const fs::path& file, std::string_view content) {
  FileReplacement replacement(file);
  replacement.write(content);
  replacement.commit();
}

void copy_content(const fs::path& from, const fs::path& to) {
  const int source = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (source < 0) fail_at(from, "cannot be read", errno);
  struct Closing {
    int descriptor;
    ~Closing() { ::close(descriptor); }
  } const closing{source};
  FileReplacement replacement(to);
  std::string block(1U << 20U, '\0');
  for (;;) {
    const ssize_t got = ::read(source, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_at(from, "cannot be read", errno);
    if (got == 0) break;
    replacement.write(std::string_view(block).substr(0, static_cast<std::size_t>(got)));
  }
  replacement.commit();
}

void make_folders(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return;
  if (!folder.has_filename()) return make_folders(folder.parent_path());  // "folder/"
  make_folders(folder.parent_path());
  if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) {
    fail_at(folder, "the folder cannot be made", errno);
  }
  if (!fs::is_directory(folder, error)) fail_at(folder, "the folder cannot be made", ENOTDIR);
  synchronize_folder(folder_of(folder));
}

void synchronize_file(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_at(file, "the file cannot be opened", errno);
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (result != 0 && error != EINVAL && error != EROFS) {
    fail_at(file, "the file cannot be written to the disk", error);
  }
}

void synchronize_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A folder that may be written to but not read cannot be opened, and so not synchronized.
  if (descriptor < 0 && errno == EACCES) return;
  if (descriptor < 0) fail_at(folder, "the folder cannot be opened", errno);
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (result != 0 && error != EINVAL && error != EROFS) {
    fail_at(folder, "the folder cannot be written to the disk", error);
  }
}

}  // namespace bench::files
