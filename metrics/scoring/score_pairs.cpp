#include "metrics/scoring/score_pairs.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "metrics/image_pair.h"
#include "metrics/score.h"

namespace bench::scoring {
namespace {

metrics::ByteImage view_of(const datasets::Image& image) {
  return {image.channels, image.height, image.width, image.samples};
}

bool have_one_shape(const datasets::Image& a, const datasets::Image& b) {
  return a.channels == b.channels && a.height == b.height && a.width == b.width;
}

Fault unlike_sizes(const ImagePair& pair, const datasets::ImageInfo& reference,
                   const datasets::ImageInfo& restored) {
  return {FaultKind::kUnlikeSizes, pair.name,
          pair.restored.string() + ": expected the sides and channels of " +
              pair.reference.string() + " (" + to_string(reference) + "), found " +
              to_string(restored)};
}

PairScores scores_of(const ImagePair& pair, const datasets::ReadImage& reference,
                     const datasets::ReadImage& restored, std::span<const Column> columns) {
  PairScores result{pair, reference.info, restored.info, {}, {}};
  for (const auto& column : columns) {
    result.scores.push_back(
        metrics::score(column.protocol, view_of(restored.image), view_of(reference.image)));
    result.weights.push_back(
        metrics::image_weight(column.protocol, reference.image.height, reference.image.width));
  }
  return result;
}

/// What the threads of one call share.
class Pool {
 public:
  Pool(std::span<const ImagePair> pairs, std::span<const Column> columns,
       const PoolOptions& options)
      : pairs_(pairs), columns_(columns), options_(options) {
    outcomes_.resize(pairs.size());
    exceptions_.resize(pairs.size());
  }

  /// Takes pairs until none is left. Each writes its own places of the two vectors only.
  void work() {
    for (;;) {
      const std::size_t place = next_.fetch_add(1);
      if (place >= pairs_.size()) return;
      try {
        outcomes_[place] = score_pair(pairs_[place], columns_, options_.read);
        tell_progress();
      } catch (...) {
        exceptions_[place] = std::current_exception();
      }
    }
  }

  std::vector<PairOutcome> outcomes() {
    for (const auto& exception : exceptions_) {
      if (exception) std::rethrow_exception(exception);
    }
    return std::move(outcomes_);
  }

 private:
  void tell_progress() {
    if (!options_.progressed) return;
    const std::lock_guard lock(progress_);
    options_.progressed(++done_);
  }

  std::span<const ImagePair> pairs_;
  std::span<const Column> columns_;
  const PoolOptions& options_;
  std::vector<PairOutcome> outcomes_;
  std::vector<std::exception_ptr> exceptions_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex progress_;
  std::size_t done_ = 0;
};

}  // namespace

PairOutcome score_pair(const ImagePair& pair, std::span<const Column> columns,
                       const datasets::ReadOptions& options) {
  try {
    const auto reference = datasets::read_image(pair.reference, options);
    const auto restored = datasets::read_image(pair.restored, options);
    if (!have_one_shape(reference.image, restored.image)) {
      return unlike_sizes(pair, reference.info, restored.info);
    }
    return scores_of(pair, reference, restored, columns);
  } catch (const datasets::ImageError& error) {
    return Fault{FaultKind::kUnreadable, pair.name, error.what()};
  } catch (const metrics::ImageTooSmall& error) {
    return Fault{FaultKind::kTooSmall, pair.name, pair.restored.string() + ": " + error.what()};
  }
}

std::vector<PairOutcome> score_pairs(std::span<const ImagePair> pairs,
                                     std::span<const Column> columns, const PoolOptions& options) {
  const unsigned wanted =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min<std::size_t>(wanted, pairs.size());
  Pool pool(pairs, columns, options);
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back([&pool] { pool.work(); });
    pool.work();
  }
  return pool.outcomes();
}

}  // namespace bench::scoring
