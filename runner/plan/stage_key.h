#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bench::runner {

/// What decides a stage's result.
struct KeyParts {
  std::string kind;
  std::string settings_json;                                ///< canonical
  std::vector<std::pair<std::string, std::string>> inputs;  ///< (role, key)
  std::string code_digest;
  /// Of the images that a preparation reads, by content; empty for other kinds, and where they are
  /// part of the program.
  std::string data_digest = {};
  /// SHA-256 of the program that does the stages, where it is another than this program's own.
  std::string program_digest = {};

  friend bool operator==(const KeyParts&, const KeyParts&) = default;
};

/// SHA-256 of the parts, as 64 hexadecimal digits: the same parts give the same key on every
/// machine, any other part another key.
std::string stage_key(const KeyParts& parts);

/// Digest of the code (and the version of LibTorch) that can change the result of this kind of
/// stage, fixed when the program was built. \throws std::out_of_range for an unknown kind.
std::string code_digest(const std::string& kind);

/// The folders of that code, each with its own digest. \throws as code_digest
std::vector<std::pair<std::string, std::string>> code_folders(const std::string& kind);

/// The settings with `network.architecture` replaced: see PlannedStage.
std::string with_architecture(const std::string& settings_json, const std::string& architecture);

}  // namespace bench::runner
