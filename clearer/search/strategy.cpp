#include "clearer/search/strategy.h"

#include <stdexcept>

#include "clearer/search/candidate_search.h"
#include "clearer/search/gradient_search.h"
#include "clearer/search/supernet_passes.h"

namespace bench::clearer {

std::unique_ptr<Strategy> make_strategy(const SearchSpace& space, const SearchOptions& options,
                                        Supernet supernet, SearchBatches batches,
                                        ScoreFunction score) {
  if (scores_candidates(options.strategy)) {
    return std::make_unique<CandidateSearch>(space, options, std::move(supernet),
                                             std::move(batches), std::move(score));
  }
  validate(options, space);
  if (supernet.is_empty()) {
    throw std::invalid_argument("search: this strategy needs a supernet");
  }
  return make_relaxed_search(
      options, std::make_shared<SupernetPasses>(std::move(supernet), options), std::move(batches));
}

std::unique_ptr<Strategy> make_relaxed_search(const SearchOptions& options,
                                              std::shared_ptr<training::RelaxedNetwork> network,
                                              SearchBatches batches) {
  return std::make_unique<GradientSearch>(options, std::move(network), std::move(batches));
}

}  // namespace bench::clearer
