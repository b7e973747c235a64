#include "reports/report_folder.h"

#include <fstream>
#include <sstream>
#include <system_error>

#include "core/digest/sha256.h"
#include "core/files/read_file.h"
#include "core/files/write_file.h"

namespace bench::reports {
namespace {

namespace fs = std::filesystem;

constexpr const char* kList = "files.sha256";
constexpr std::size_t kDigits = 64;  // of a SHA-256; two blanks and the name follow

bool holds(const fs::path& file, const std::string& content) {
  std::error_code error;
  if (fs::file_size(file, error) != content.size() || error) return false;
  std::ifstream in(file, std::ios::binary);
  std::string found(content.size(), '\0');
  in.read(found.data(), static_cast<std::streamsize>(found.size()));
  return in && found == content;
}

// The list lies among files that anybody may edit: it names nothing outside the folder.
bool stays_below(const fs::path& name) {
  if (name.empty() || name.is_absolute()) return false;
  for (const auto& part : name) {
    if (part == "..") return false;
  }
  return true;
}

bool is_as_written(const fs::path& file, const std::string& sha256) {
  std::error_code error;
  return fs::is_regular_file(fs::symlink_status(file, error)) &&
         digest::sha256_hex_of_file(file) == sha256;
}

}  // namespace

ReportFolder::ReportFolder(fs::path folder) : folder_(std::move(folder)) {
  files::make_folders(folder_);
}

void ReportFolder::write(const std::string& name, const std::string& content) {
  const fs::path file = folder_ / name;
  written_[name] = digest::sha256_hex(content);
  if (holds(file, content)) return;
  files::make_folders(file.parent_path());
  files::write_file(file, content);
}

void ReportFolder::remove_leftovers() const {
  std::error_code ignored;  // what cannot be removed stays, as it did before
  if (!fs::is_regular_file(folder_ / kList, ignored)) return;
  std::istringstream list(files::read_file(folder_ / kList));
  for (std::string line; std::getline(list, line);) {
    if (line.size() < kDigits + 3) continue;
    const std::string sha256 = line.substr(0, kDigits), name = line.substr(kDigits + 2);
    if (written_.contains(name) || !stays_below(name)) continue;
    if (!is_as_written(folder_ / name, sha256)) continue;
    fs::remove(folder_ / name, ignored);
    const fs::path parent = (folder_ / name).parent_path();
    if (parent != folder_ && fs::is_empty(parent, ignored) && !ignored) fs::remove(parent, ignored);
  }
}

void ReportFolder::finish() {
  remove_leftovers();
  std::string list;
  for (const auto& [name, sha256] : written_) list += sha256 + "  " + name + "\n";
  if (!holds(folder_ / kList, list)) files::write_file(folder_ / kList, list);
}

}  // namespace bench::reports
