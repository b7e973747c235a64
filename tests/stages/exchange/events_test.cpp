#include "stages/exchange/events.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace bench::exchange {
namespace {

TEST(Events, ReadBackAsTheyWereWritten) {
  const tests::TemporaryFolder folder;
  EventWriter writer(folder.path());
  const Point point{"loss", 10, 0.1 + 0.2};
  const Progress progress{.step = 10, .steps = 40, .loss = 0.25, .psnr_db = {}};
  writer.point(point);
  writer.log("a \"quoted\" line\n");
  writer.progress(progress);

  const Events events = read_events(folder.path());

  ASSERT_EQ(events.points.size(), 1U);
  EXPECT_EQ(events.points[0], point);
  EXPECT_EQ(events.last_progress, progress);
  EXPECT_EQ(events.bytes_read, writer.position());
}

TEST(Events, ALineWithoutItsEndIsNotYetAnEvent) {
  const tests::TemporaryFolder folder;
  EventWriter(folder.path()).point({"loss", 1, 1.0});
  std::ofstream(folder.path() / "events.jsonl", std::ios::app)
      << R"({"event":"point","series":"loss","step":2,"value":0.5})";

  const Events before = read_events(folder.path());
  std::ofstream(folder.path() / "events.jsonl", std::ios::app) << "\n";
  const Events after = read_events(folder.path(), before.bytes_read);

  EXPECT_EQ(before.points.size(), 1U);
  ASSERT_EQ(after.points.size(), 1U);
  EXPECT_EQ(after.points[0].step, 2);
}

TEST(Events, AreCutOffWhereACheckpointWasTaken) {
  const tests::TemporaryFolder folder;
  EventWriter writer(folder.path());
  writer.point({"loss", 1, 1.0});
  const auto checkpoint = writer.position();
  writer.point({"loss", 2, 0.9});
  writer.truncate(checkpoint);
  writer.point({"loss", 2, 0.8});

  const Events events = read_events(folder.path());

  ASSERT_EQ(events.points.size(), 2U);
  EXPECT_EQ(events.points[1].value, 0.8);
}

TEST(Events, OfAStageThatHasNotStartedAreNone) {
  EXPECT_TRUE(read_events("no/such/folder").points.empty());
}

}  // namespace
}  // namespace bench::exchange
