#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/scoring/faults.h"
#include "metrics/scoring/folder_listing.h"

namespace bench::scoring {

struct ImagePair {
  std::string name;  ///< what both files' names have in common
  std::filesystem::path reference;
  std::filesystem::path restored;

  friend bool operator==(const ImagePair&, const ImagePair&) = default;
};

struct PairingOptions {
  /// Taken off the beginning and the end of a name, each once, in this order, before names are
  /// compared: "rain-" and "norain-" pair rain-001.png with norain-001.png.
  std::vector<std::string> strip = {};
  std::vector<std::string> leave_out = {};  ///< names that are not to be scored
};

struct Pairing {
  std::vector<ImagePair> pairs = {};       ///< in order of their names, byte by byte
  std::vector<Fault> faults = {};          ///< unpaired, ambiguous, unsupported; in that order too
  std::vector<std::string> left_out = {};  ///< as asked for
};

/// A file's name without folder and suffix, and without what is to be stripped.
std::string name_of(const std::filesystem::path& file, const PairingOptions& options);

/// Pairs the files whose names are equal, letter by letter, whatever their suffixes: a.png with
/// a.jpg. Two files of one name in one folder (a.png beside a.jpg) are ambiguous: nobody can say
/// which was meant, so neither is taken.
/// \throws ScoringError for a name to leave out that neither folder has.
Pairing pair_by_name(const FolderListing& reference, const FolderListing& restored,
                     const PairingOptions& options = {});

}  // namespace bench::scoring
