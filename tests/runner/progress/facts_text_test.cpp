#include "runner/progress/facts_text.h"

#include <gtest/gtest.h>

namespace bench::runner {
namespace {

using nlohmann::ordered_json;

TEST(FactsText, StandsInColumnsInTheOrderGiven) {
  EXPECT_EQ(facts_text({{"state", "done"}, {"finished", nullptr}, {"seconds", 1.23456789}}),
            "state     done\n"
            "finished  none\n"
            "seconds   1.23457\n");
}

TEST(FactsText, LetsNoControlCharacterThrough) {
  EXPECT_EQ(facts_text({{"fact", "\x1b[31mred"}}), "fact  \\x1b[31mred\n");
}

TEST(FactsText, JoinsListsAndIndentsObjects) {
  const ordered_json facts = {{"seeds", {1, 2, 3}},
                              {"overrides", ordered_json::array()},
                              {"provenance", {{"GPU", "none"}, {"cores", "4"}}}};
  EXPECT_EQ(facts_text(facts),
            "seeds      1, 2, 3\n"
            "overrides  none\n"
            "provenance\n"
            "  GPU    none\n"
            "  cores  4\n");
}

TEST(FactsText, ShowsUnitsThatPeopleRead) {
  EXPECT_EQ(facts_text({{"peak_memory_bytes", 121040896}, {"wall_seconds", 233.4}}),
            "peak memory  115 MiB\n"
            "wall time    3 min 53 s\n");
  const auto rows = ordered_json::array(
      {{{"name", "memory"}, {"unit", "bytes"}, {"value", 121040896.0}, {"seed", 12345}},
       {{"name", "parameters"}, {"unit", ""}, {"value", 1912000.0}, {"seed", 12345}}});
  EXPECT_EQ(facts_text({{"quantities", rows}}),
            "quantities\n"
            "  name        unit  value      seed\n"
            "  memory            115 MiB    12345\n"
            "  parameters        1,912,000  12345\n");
}

TEST(FactsText, ShowsAListOfObjectsAsATable) {
  const auto rows = ordered_json::array(
      {{{"stage", "train random"}, {"seconds", 48}}, {{"stage", "score"}, {"seconds", nullptr}}});
  EXPECT_EQ(facts_text({{"stages", rows}}),
            "stages\n"
            "  stage         seconds\n"
            "  train random  48\n"
            "  score         none\n");
}

}  // namespace
}  // namespace bench::runner
