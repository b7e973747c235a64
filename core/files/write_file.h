#pragma once

#include <filesystem>
#include <string_view>

#include "core/files/file_error.h"

namespace bench::files {

/// How the whole program writes a file that somebody may be reading, or that a power cut must not
/// leave half written.
///
/// A regular file, or one that is not there yet: the new content is written beside it, synchronized
/// to the disk and renamed over it on commit(), so that the name always holds either the old
/// content or all of the new one. The mode, and where possible the owner, of the old file are kept.
/// Links are followed: the file they lead to is replaced, the link stays. A file that lies in a
/// folder that cannot be changed (a single file mounted into a container) is overwritten in its
/// place.
///
/// Anything else (a pipe, a terminal, /dev/null, /dev/stdout): the bytes go into it as they come.
class FileReplacement {
 public:
  /// \throws FileError
  explicit FileReplacement(const std::filesystem::path& file);
  /// Without commit() the old content stays.
  ~FileReplacement();
  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;

  /// \throws FileError, for instance if the disk is full.
  void write(std::string_view bytes);

  /// Puts the content in place. After it, the content and its name outlive a power cut.
  /// \throws FileError
  void commit();

 private:
  void open_through();
  void open_beside();
  void put_in_place();
  [[noreturn]] void fail(int error) const;

  std::filesystem::path asked_;   ///< as the caller names it: for messages
  std::filesystem::path target_;  ///< after all links
  std::filesystem::path beside_;  ///< what is written before the rename; empty: `target_` itself
  int descriptor_ = -1;
};

/// The whole content at once: see FileReplacement. \throws FileError
void write_file(const std::filesystem::path& file, std::string_view content);

/// Copies the content of `from`: see FileReplacement. \throws FileError
void copy_content(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes a folder and those above it; new names outlive a power cut. \throws FileError
void make_folders(const std::filesystem::path& folder);

/// Synchronizes the content of a file that was written by other means. \throws FileError
void synchronize_file(const std::filesystem::path& file);

/// Synchronizes what a folder lists: names that were made, renamed or removed. \throws FileError
void synchronize_folder(const std::filesystem::path& folder);

}  // namespace bench::files
