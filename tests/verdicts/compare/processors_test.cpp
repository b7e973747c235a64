#include "verdicts/compare/processors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/verdicts/recorded_runs.h"
#include "verdicts/compare/comparison.h"

namespace bench::verdicts {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(UnlikeProcessors, AreToldWithTheirKernels) {
  EXPECT_EQ(unlike_processors({{"a", {"EPYC (avx512)"}}, {"b", {"EPYC (avx2)"}}}),
            "measured on unlike processors: EPYC (avx512) for a, EPYC (avx2) for b");
  EXPECT_EQ(unlike_processors({{"a", {"EPYC", "Xeon"}}, {"b", {"EPYC"}}}),
            "measured on unlike processors: EPYC and Xeon for a, EPYC for b");
}

TEST(UnlikeProcessors, AreNotToldOfLikeOnesOrOfUnknownOnes) {
  EXPECT_EQ(unlike_processors({{"a", {"EPYC"}}, {"b", {"EPYC"}}}), "");
  EXPECT_EQ(unlike_processors({{"a", {}}, {"b", {"EPYC"}}}), "");
  EXPECT_EQ(unlike_processors({}), "");
}

std::vector<std::string> notes_of(const RecordedRuns& runs) {
  return compare_runs(db::RunReader(runs.database()), {.first = "one:net", .second = "two:net"})
      .notes;
}

TEST(UnlikeProcessors, AreToldWhereRunsAreCompared) {
  RecordedRuns runs;
  runs.add({.run_id = "one", .processor = "EPYC", .kernels = "avx512"});
  runs.add({.run_id = "two", .processor = "EPYC", .kernels = "avx2"});
  EXPECT_THAT(notes_of(runs), Contains(HasSubstr("measured on unlike processors: EPYC (avx512) for "
                                                 "one:net, EPYC (avx2) for two:net")));
}

// Scores are of the processor that trained as much as of the one that evaluated.
TEST(UnlikeProcessors, OfATrainingAreToldToo) {
  RecordedRuns runs;
  runs.add({.run_id = "one", .processor = "EPYC", .training_processor = "Xeon"});
  runs.add({.run_id = "two", .processor = "EPYC", .training_processor = "EPYC"});
  EXPECT_THAT(notes_of(runs), Contains(HasSubstr("EPYC and Xeon for one:net")));
}

TEST(UnlikeProcessors, AreNotToldWhereRunsAreOfOne) {
  RecordedRuns runs;
  runs.add({.run_id = "one", .processor = "EPYC", .kernels = "avx512"});
  runs.add({.run_id = "two", .processor = "EPYC", .kernels = "avx512"});
  EXPECT_THAT(notes_of(runs), Not(Contains(HasSubstr("unlike"))));
}

TEST(Provenance, NamesTheProcessorThatMeasured) {
  RecordedRuns runs;
  runs.add({.run_id = "one", .processor = "EPYC", .kernels = "avx2"});
  const auto chosen = choose_scores(db::RunReader(runs.database()), "one", {});
  EXPECT_TRUE(chosen.provenance.environment.starts_with("processor EPYC (avx2); "))
      << chosen.provenance.environment;
}

}  // namespace
}  // namespace bench::verdicts
