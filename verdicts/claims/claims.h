#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// Published numbers as data: experiments/claims/*.json. How to write one: docs/claims.md.
namespace bench::verdicts {

/// How sure we are that the source says so: read in it, read from an image of its page, recalled
/// from memory, or computed by this project.
enum class Certainty { kVerified, kReadFromImage, kRecalled, kComputed };

/// One published number, or the order of two methods.
struct PublishedClaim {
  std::string id = {};
  std::string statement = {};
  std::string kind = {};       ///< "value" or "order" (`method` minus `other`)
  std::string published = {};  ///< as printed: its decimals are those that the source rounds to
  double value = 0.0;
  int digits = 0;                  ///< decimals of `published`
  double margin = 0.0;             ///< for a re-implementation, in the metric's unit
  std::string metric = {};         ///< "psnr", "ssim", ...
  std::string protocol = {};       ///< canonical text, or "unknown"
  std::string protocol_note = {};  ///< why unknown, or what the text leaves open
  std::string data_set = {};       ///< catalogue name
  std::string split = {};
  double sigma_8bit = 0.0;  ///< of Gaussian noise; 0: none
  std::string method = {};  ///< contestant id or catalogue method
  std::string other = {};
  std::string seeds = {};  ///< as stated: "not stated", "3"
  std::string source = {};
  Certainty certainty = Certainty::kRecalled;
  std::string why_not = {};  ///< why it cannot be tested here, "" if that is open
};

struct ClaimFile {
  std::filesystem::path file = {};
  std::string title = {};
  std::vector<PublishedClaim> claims = {};
};

/// Strict: unknown keys, ids given twice, a protocol that is none, or a value whose printed form
/// is no number are refused. \throws BadInput with file:line:column
ClaimFile read_claims(const std::filesystem::path& file);

/// All *.json of a folder, by name. \throws BadInput
std::vector<ClaimFile> read_claim_folder(const std::filesystem::path& folder);

std::string to_string(Certainty certainty);

/// Why no run can test the claim, whatever it measured; "" if one can.
std::string why_untestable(const PublishedClaim& claim);

}  // namespace bench::verdicts
