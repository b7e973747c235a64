#include "datasets/manifest.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/digest/sha256.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(std::string_view name, std::size_t line, const std::string& reason) {
  throw ManifestError(std::string(name) + ":" + std::to_string(line) + ": " + reason);
}

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool stays_below(std::string_view path) {
  const fs::path parsed(path);
  if (path.empty() || parsed.is_absolute()) return false;
  return std::none_of(parsed.begin(), parsed.end(),
                      [](const fs::path& part) { return part == ".."; });
}

ManifestEntry parse_line(std::string_view text, std::string_view name, std::size_t line) {
  const std::size_t first = text.find('\t');
  const std::size_t second = first == std::string_view::npos ? first : text.find('\t', first + 1);
  if (second == std::string_view::npos) {
    refuse(
        name, line,
        "expected path, size and SHA-256 separated by tabs, found \"" + std::string(text) + "\"");
  }
  ManifestEntry entry;
  entry.path = text.substr(0, first);
  entry.sha256 = text.substr(second + 1);
  const std::string_view size = text.substr(first + 1, second - first - 1);
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), entry.bytes);
  if (error != std::errc{} || end != size.data() + size.size()) {
    refuse(name, line, "expected a size in bytes, found \"" + std::string(size) + "\"");
  }
  if (!is_hash(entry.sha256)) {
    refuse(name, line, "expected 64 lower-case hexadecimal digits, found \"" + entry.sha256 + "\"");
  }
  if (!stays_below(entry.path)) {
    refuse(name, line, "expected a path below the data set's folder, found \"" + entry.path + "\"");
  }
  return entry;
}

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

// Relative paths of all regular files below `folder`, in order.
std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> files;
  try {
    for (auto entry = fs::recursive_directory_iterator(folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
      if (is_hidden(entry->path())) {
        if (entry->is_directory()) entry.disable_recursion_pending();
        continue;
      }
      if (entry->is_regular_file()) {
        files.push_back(entry->path().lexically_relative(folder).generic_string());
      }
    }
  } catch (const fs::filesystem_error& error) {
    throw ManifestError(folder.string() + ": cannot read the folder: " + error.code().message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void verify_file(const ManifestEntry& entry, const fs::path& folder,
                 std::vector<Problem>& problems) {
  const fs::path file = folder / entry.path;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) {
    problems.push_back({ProblemKind::kMissing, entry.path, "file not found"});
    return;
  }
  if (size != entry.bytes) {
    problems.push_back(
        {ProblemKind::kSize, entry.path,
         "expected " + std::to_string(entry.bytes) + " bytes, found " + std::to_string(size)});
    return;
  }
  try {
    const std::string found = digest::sha256_hex_of_file(file);
    if (found == entry.sha256) return;
    problems.push_back(
        {ProblemKind::kHash, entry.path, "expected SHA-256 " + entry.sha256 + ", found " + found});
  } catch (const std::runtime_error& unreadable) {
    problems.push_back({ProblemKind::kUnreadable, entry.path, unreadable.what()});
  }
}

}  // namespace

std::string to_text(const Manifest& manifest) {
  std::string text;
  for (const ManifestEntry& entry : manifest) {
    text += entry.path + "\t" + std::to_string(entry.bytes) + "\t" + entry.sha256 + "\n";
  }
  return text;
}

Manifest parse_manifest(std::string_view text, std::string_view name) {
  Manifest manifest;
  std::map<std::string, std::size_t> line_of;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view content = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (content.empty() || content.front() == '#') continue;
    ManifestEntry entry = parse_line(content, name, line);
    const auto [earlier, is_new] = line_of.emplace(entry.path, line);
    if (!is_new) {
      refuse(name, line,
             "path \"" + entry.path + "\" is also in line " + std::to_string(earlier->second));
    }
    manifest.push_back(std::move(entry));
  }
  return manifest;
}

Manifest manifest_of_folder(const std::filesystem::path& folder) {
  return manifest_of_files(folder, files_below(folder));
}

Manifest manifest_of_files(const std::filesystem::path& folder,
                           const std::vector<std::string>& paths) {
  Manifest manifest;
  for (const std::string& path : paths) {
    // A tab or line end in a name would break the text form.
    if (path.find_first_of("\t\n\r") != std::string::npos) {
      throw ManifestError(folder.string() +
                          ": expected names without tabs and line ends, found \"" + path +
                          "\". Rename the file.");
    }
    const fs::path file = folder / path;
    manifest.push_back({path, fs::file_size(file), digest::sha256_hex_of_file(file)});
  }
  return manifest;
}

std::string_view to_string(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::kMissing:
      return "missing";
    case ProblemKind::kSize:
      return "size";
    case ProblemKind::kHash:
      return "hash";
    case ProblemKind::kUnexpected:
      return "unexpected";
    case ProblemKind::kUnreadable:
      return "unreadable";
  }
  return "";
}

std::vector<Problem> verify_files(const Manifest& manifest, const std::filesystem::path& folder) {
  std::vector<Problem> problems;
  for (const ManifestEntry& entry : manifest) verify_file(entry, folder, problems);
  return problems;
}

std::vector<Problem> verify_folder(const Manifest& manifest, const std::filesystem::path& folder) {
  std::vector<Problem> problems = verify_files(manifest, folder);
  std::set<std::string_view> expected;
  for (const ManifestEntry& entry : manifest) expected.insert(entry.path);
  for (const std::string& path : files_below(folder)) {
    if (expected.contains(path)) continue;
    problems.push_back({ProblemKind::kUnexpected, path, "not in the manifest"});
  }
  return problems;
}

std::string manifest_sha256(const Manifest& manifest) {
  return digest::sha256_hex(to_text(manifest));
}

}  // namespace bench::datasets
