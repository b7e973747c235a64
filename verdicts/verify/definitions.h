#pragma once

#include <string>
#include <vector>

#include "verdicts/verify/verify.h"

/// Which definition gives a published number? A source that does not say how it made its images
/// noisy, prepared and scored them leaves many definitions open, and one method has a number under
/// each. All that a store holds are held against what is printed.
namespace bench::verdicts {

/// One definition: preparation and noise of the images, and the protocol of the score.
struct Definition {
  const Measurement* measured = nullptr;
  std::string images = {};                 ///< "whole" or "halved"
  std::vector<JudgedNumber> numbers = {};  ///< against each printed number of the row, in order
  double largest_difference = 0.0;         ///< over them, without its sign
  std::size_t within_margin = 0;           ///< how many of them do not contradict it
  std::size_t as_printed = 0;              ///< and how many equal it when rounded
};

/// The numbers that a source prints for one method under one metric: they share their definition.
struct PrintedRow {
  std::string method = {};
  std::string metric = {};
  std::string source = {};
  std::vector<PublishedClaim> claims = {};  ///< by noise level
  /// Those that were measured for every number: most in agreement first, then the nearest.
  std::vector<Definition> definitions = {};
  std::size_t agreeing = 0;  ///< definitions that contradict none of the numbers
  /// How many definitions would agree with one number that is drawn at random between the lowest
  /// and the highest that any of them gives: mean over the row's numbers.
  double by_chance = 0.0;
  std::string why_none = {};  ///< what was not measured
};

/// Numbers of unstated protocol, by row, each under every definition that `measurements` hold for
/// its method, images and noise level. Stated protocols are checked all the same: the definition
/// that is stated is one of them.
std::vector<PrintedRow> definitions_of(const std::vector<PublishedClaim>& claims,
                                       const std::vector<Measurement>& measurements);

/// The row of one number.
PrintedRow definitions_of(const PublishedClaim& claim,
                          const std::vector<Measurement>& measurements);

/// "psnr(...), whole images, awgn-float".
std::string definition_text(const Definition& definition);

/// \param all  every definition; else those that agree, and the nearest that do not
std::string definitions_text(const std::vector<PrintedRow>& rows, bool all);
std::string definitions_json(const std::vector<PrintedRow>& rows);
std::string definitions_markdown(const std::vector<PrintedRow>& rows, bool all);

}  // namespace bench::verdicts
