#include "runner/execute/file_digests.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "core/digest/sha256.h"
#include "runner/execute/file_identity.h"

namespace bench::runner {
namespace {

std::string time_text(const timespec& time) {
  return std::to_string(time.tv_sec) + "." + std::to_string(time.tv_nsec);
}

}  // namespace

std::string identity_of(const struct stat& facts) {
  return std::to_string(facts.st_size) + " " + std::to_string(facts.st_ino) + " " +
         time_text(facts.st_mtim) + " " + time_text(facts.st_ctim);
}

FileDigests::FileDigests(std::filesystem::path notes) : notes_file_(std::move(notes)) {
  std::ifstream stream(notes_file_);
  // A line: identity and digest, a tab, the path. A torn or foreign line fits no file.
  for (std::string line; std::getline(stream, line);) {
    const auto tab = line.find('\t');
    if (tab != std::string::npos) notes_[line.substr(tab + 1)] = line.substr(0, tab);
  }
}

std::string FileDigests::sha256_of(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) {
    throw std::runtime_error(file.string() + ": cannot be read: " + std::strerror(errno));
  }
  constexpr std::size_t kDigits = 64;
  const std::string identity = identity_of(facts) + " ";
  std::string& note = notes_[file.string()];
  if (note.size() == identity.size() + kDigits && note.starts_with(identity)) {
    return note.substr(identity.size());
  }
  const auto found = digest::sha256_hex_of_file(file);
  note = identity + found;
  changed_ = true;
  return found;
}

void FileDigests::believe(const std::filesystem::path& file, const std::string& sha256) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return;
  notes_[file.string()] = identity_of(facts) + " " + sha256;
  changed_ = true;
}

void FileDigests::save() const {
  if (!changed_) return;
  const std::filesystem::path aside = notes_file_.string() + ".part-" + std::to_string(::getpid());
  std::ofstream stream(aside);
  for (const auto& [path, note] : notes_) stream << note << '\t' << path << '\n';
  stream.close();
  std::error_code ignored;
  if (stream) {
    std::filesystem::rename(aside, notes_file_, ignored);
  } else {
    std::filesystem::remove(aside, ignored);
  }
}

}  // namespace bench::runner
