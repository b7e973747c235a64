#include "stages/exchange/events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "stages/exchange/request.h"
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

// By the general reader of JSON: what is written by hand is JSON, whatever the name and the value.
TEST(Events, AreJsonThatSaysTheSame) {
  const tests::TemporaryFolder folder;
  const std::vector<Point> points = {
      {"loss", 1, 0.1},          {"a \"name\" \\ with\n all\x01", 2, 1e-300},
      {"caf\xc3\xa9", 3, -0.0},  {"", 4, 1e22},
      {"psnr [dB]", -5, 5e-324}, {"last", 9'007'199'254'740'993, 1.0 / 3}};
  {
    EventWriter writer(folder.path());
    for (const auto& point : points) writer.point(point);
    writer.point({"loss", 7, std::numeric_limits<double>::infinity()});
  }
  std::ifstream file(folder.path() / kEventsFile);
  std::string line;
  for (const auto& point : points) {
    ASSERT_TRUE(std::getline(file, line));
    const auto event = nlohmann::json::parse(line);
    EXPECT_EQ(event.at("series"), point.series);
    EXPECT_EQ(event.at("step"), point.step);
    EXPECT_EQ(event.at("value").get<double>(), point.value) << line;
  }
  ASSERT_TRUE(std::getline(file, line));
  EXPECT_TRUE(nlohmann::json::parse(line).at("value").is_null());
  const auto read = read_events(folder.path()).points;
  ASSERT_EQ(read.size(), points.size() + 1);
  EXPECT_TRUE(std::equal(points.begin(), points.end(), read.begin()));
}

// Lines that nearly are what the program writes.
TEST(Events, AreReadInAnyFormOfJson) {
  const tests::TemporaryFolder folder;
  folder.write(kEventsFile,
               "{\"step\":1,\"event\":\"point\",\"value\":2,\"series\":\"a\"}\n"
               "{\"event\":\"point\",\"series\":\"b\\u0041\",\"step\":1,\"value\":2}\n"
               "{\"event\":\"point\",\"series\":\"c\",\"step\":1,\"value\":2} \n"
               "{\"event\":\"point\",\"series\":\"d\",\"step\":1,\"value\":2}x\n"
               "{\"event\":\"point\",\"series\":\"e\",\"step\":1.5e,\"value\":2}\n"
               "{\"event\":\"point\",\"series\":\"f\",\"step\":1,\"value\":nan}\n");
  std::string names;
  for (const auto& point : read_events(folder.path()).points) names += point.series + " ";
  EXPECT_EQ(names, "a bA c ");
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
