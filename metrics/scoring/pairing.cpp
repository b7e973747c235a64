#include "metrics/scoring/pairing.h"

#include <algorithm>
#include <map>
#include <set>

namespace bench::scoring {
namespace {

namespace fs = std::filesystem;

struct FilesOfName {
  std::vector<fs::path> reference;
  std::vector<fs::path> restored;
};

std::string listed(const std::vector<fs::path>& files) {
  std::string text;
  for (const auto& file : files) text += (text.empty() ? "" : ", ") + file.string();
  return text;
}

Fault ambiguous(const std::string& name, const std::vector<fs::path>& files) {
  return {FaultKind::kAmbiguous, name,
          listed(files) + ": expected one file named " + name + ", found " +
              std::to_string(files.size()) + ". Keep one of them."};
}

/// A name of the other folder that probably means the same image, such as "05" for "05_x2".
std::string nearly_the_same(const std::string& name, const std::set<std::string>& others) {
  // Every name against every other: for large folders it would take longer than the scores.
  constexpr std::size_t kMostNames = 1000;
  if (others.size() > kMostNames) return "";
  std::string longest;
  for (const auto& other : others) {
    if (other.empty() || other.size() <= longest.size()) continue;
    if (name.find(other) != std::string::npos || other.find(name) != std::string::npos) {
      longest = other;
    }
  }
  return longest;
}

Fault unpaired(const std::string& name, const fs::path& file, std::string_view wanted,
               const fs::path& folder, const std::set<std::string>& names_there) {
  std::string message = file.string() + ": there is no " + std::string(wanted) + " image named " +
                        name + " in " + folder.string();
  const auto near = nearly_the_same(name, names_there);
  if (!near.empty()) {
    message += ". If it is " + near +
               ", rename it or pass --strip with the part in which the names differ.";
  }
  return {FaultKind::kUnpaired, name, message};
}

Fault unsupported(const fs::path& file, const PairingOptions& options) {
  return {FaultKind::kUnsupported, name_of(file, options),
          file.string() + ": expected PNG or JPEG, found " + file.extension().string() +
              ". Convert it to PNG."};
}

void append_unsupported(Pairing& pairing, const FolderListing& listing,
                        const PairingOptions& options) {
  const auto& left_out = options.leave_out;
  for (const auto& file : listing.unsupported) {
    const bool is_left_out =
        std::find(left_out.begin(), left_out.end(), name_of(file, options)) != left_out.end();
    if (!is_left_out) pairing.faults.push_back(unsupported(file, options));
  }
}

/// Takes the names to leave out from `files`.
/// \param unsupported  names that may be left out too, and are no key of `files`.
void leave_out(Pairing& pairing, std::map<std::string, FilesOfName>& files,
               const std::set<std::string>& unsupported, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    if (files.erase(name) == 0 && !unsupported.contains(name)) {
      throw ScoringError("--leave-out " + name +
                         ": neither folder has an image of this name (names have no suffix)");
    }
    pairing.left_out.push_back(name);
  }
}

std::map<std::string, FilesOfName> files_by_name(const FolderListing& reference,
                                                 const FolderListing& restored,
                                                 const PairingOptions& options) {
  std::map<std::string, FilesOfName> files;
  for (const auto& file : reference.images) {
    files[name_of(file, options)].reference.push_back(file);
  }
  for (const auto& file : restored.images) {
    files[name_of(file, options)].restored.push_back(file);
  }
  return files;
}

}  // namespace

std::string name_of(const fs::path& file, const PairingOptions& options) {
  std::string name = file.stem().string();
  for (const auto& text : options.strip) {
    // The whole name is never taken off: two such images would be one.
    if (name.size() > text.size() && name.starts_with(text)) name.erase(0, text.size());
    if (name.size() > text.size() && name.ends_with(text)) name.resize(name.size() - text.size());
  }
  return name;
}

Pairing pair_by_name(const FolderListing& reference, const FolderListing& restored,
                     const PairingOptions& options) {
  auto files = files_by_name(reference, restored, options);
  std::set<std::string> unsupported_names, reference_names, restored_names;
  for (const auto* listing : {&reference, &restored}) {
    for (const auto& file : listing->unsupported) unsupported_names.insert(name_of(file, options));
  }
  Pairing pairing;
  leave_out(pairing, files, unsupported_names, options.leave_out);
  for (const auto& [name, of_name] : files) {
    if (!of_name.reference.empty()) reference_names.insert(name);
    if (!of_name.restored.empty()) restored_names.insert(name);
  }
  for (const auto& [name, of_name] : files) {
    if (of_name.reference.size() > 1) pairing.faults.push_back(ambiguous(name, of_name.reference));
    if (of_name.restored.size() > 1) pairing.faults.push_back(ambiguous(name, of_name.restored));
    if (of_name.reference.size() == 1 && of_name.restored.size() == 1) {
      pairing.pairs.push_back({name, of_name.reference.front(), of_name.restored.front()});
    } else if (of_name.restored.empty() && of_name.reference.size() == 1) {
      pairing.faults.push_back(
          unpaired(name, of_name.reference.front(), "restored", restored.folder, restored_names));
    } else if (of_name.reference.empty() && of_name.restored.size() == 1) {
      pairing.faults.push_back(
          unpaired(name, of_name.restored.front(), "reference", reference.folder, reference_names));
    }
  }
  append_unsupported(pairing, reference, options);
  append_unsupported(pairing, restored, options);
  return pairing;
}

}  // namespace bench::scoring
