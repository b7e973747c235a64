#include "clearer/search/strategy.h"

#include <stdexcept>

#include "clearer/search/candidate_search.h"
#include "clearer/search/gradient_search.h"

namespace bench::clearer {

std::unique_ptr<Strategy> make_strategy(const SearchSpace& space, const SearchOptions& options,
                                        Supernet supernet, SearchBatches batches,
                                        ScoreFunction score) {
  switch (options.strategy) {
    case StrategyKind::kClearer:
    case StrategyKind::kDartsFirstOrder:
    case StrategyKind::kDartsSecondOrder:
    case StrategyKind::kJoint:
      return std::make_unique<GradientSearch>(space, options, std::move(supernet),
                                              std::move(batches));
    case StrategyKind::kRandom:
    case StrategyKind::kEvolution:
    case StrategyKind::kExhaustive:
      return std::make_unique<CandidateSearch>(space, options, std::move(supernet),
                                               std::move(batches), std::move(score));
  }
  throw std::invalid_argument("make_strategy: unknown strategy");
}

}  // namespace bench::clearer
