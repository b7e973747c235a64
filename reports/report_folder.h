#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace bench::reports {

/// The folder of a report. It keeps a list of what the report consists of, files.sha256 (in the
/// form that `sha256sum --check` reads), so that the next report can remove what it has no file
/// for: a table that stays behind would be taken for one of the new report. Files of the user,
/// also those of a report that were changed since, stay.
class ReportFolder {
 public:
  /// \param folder  made where it is absent. \throws files::FileError
  explicit ReportFolder(std::filesystem::path folder);

  /// \param name  below the folder, with '/'. A file that is as it should be stays untouched.
  /// \throws files::FileError
  void write(const std::string& name, const std::string& content);

  /// Removes what only the earlier report had, and writes the list. \throws files::FileError
  void finish();

 private:
  void remove_leftovers() const;

  std::filesystem::path folder_;
  std::map<std::string, std::string> written_;  ///< name -> SHA-256
};

}  // namespace bench::reports
