#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "datasets/image_file.h"
#include "metrics/scoring/columns.h"
#include "metrics/scoring/faults.h"
#include "metrics/scoring/pairing.h"

namespace bench::scoring {

/// The scores of one pair, one per column, all of them: a pair with a fault has none.
struct PairScores {
  ImagePair pair = {};
  datasets::ImageInfo reference = {};
  datasets::ImageInfo restored = {};
  std::vector<double> scores = {};   ///< PSNR in dB, +infinity for identical images
  std::vector<double> weights = {};  ///< in the score of the set: metrics::image_weight
};

using PairOutcome = std::variant<PairScores, Fault>;

/// Reads the two files and scores them under every protocol.
/// \returns a Fault for what is wrong with these images. \throws for what is wrong with us.
PairOutcome score_pair(const ImagePair& pair, std::span<const Column> columns,
                       const datasets::ReadOptions& options);

struct PoolOptions {
  unsigned threads = 0;  ///< 0: one per processor
  datasets::ReadOptions read = {};
  /// Called after each pair with how many are done, by one thread at a time. May be empty.
  std::function<void(std::size_t done)> progressed = {};
};

/// One outcome per pair, in their order, whatever the number of threads.
/// \throws the exception of the first pair (in their order) that met one; the others are finished.
std::vector<PairOutcome> score_pairs(std::span<const ImagePair> pairs,
                                     std::span<const Column> columns,
                                     const PoolOptions& options = {});

}  // namespace bench::scoring
