#include "verdicts/gate/baseline.h"

#include <gtest/gtest.h>

namespace bench::verdicts {
namespace {

const std::string kProvenance =
    R"({"command": "bench run ci", "code": "abc", "data": "sha256:1", "environment": "x86-64",
        "run": "", "measured_at": "2026-01-02T03:04:05Z"})";

/// A whole small file; `from` is replaced by `to` in it.
std::string file(const std::string& from = "", const std::string& to = "") {
  std::string text = R"({"format": "bench-gate-baseline", "version": 2, "protocol": "psnr",
    "contestant": "net", "task": "denoise", "experiment": "smoke", "unit": "dB", "direction": "higher", "seed_role": "evaluation-only", "provenance": )" +
                     kProvenance + R"(, "images": ["a.png", "b.png"], "seeds": [1, 2],
    "scores": [[30.5, 28.25], [30.1, 28]]})";
  if (from.empty()) return text;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void expect_refused(const std::string& text, const std::string& part) {
  try {
    parse_baseline(text, "baseline.json");
    FAIL() << "not refused: " << text;
  } catch (const GateError& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("baseline.json"), std::string::npos) << message;
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

TEST(Baseline, IsReadAsWritten) {
  const Baseline baseline = parse_baseline(file(), "baseline.json");
  EXPECT_EQ(baseline.measured.images[1], "b.png");
  EXPECT_EQ(baseline.measured.scores[1][0], 30.1);
  EXPECT_EQ(baseline.seed_role, SeedRole::kEvaluationOnly);
  EXPECT_EQ(baseline.provenance.command, "bench run ci");
  EXPECT_FALSE(baseline.anchor.has_value());
}

TEST(Baseline, SurvivesTheRoundTripWithAllDigits) {
  Baseline baseline = parse_baseline(file(), "baseline.json");
  baseline.measured.scores[0][0] = 30.0 + 1.0 / 3.0;
  baseline.measured.scores[0][1] = 1e-300;
  baseline.measured.images[0] = "\xC3\xA4 \"quoted\" \\ </script>.png";
  baseline.measured.direction = statistics::Direction::kLowerIsBetter;
  baseline.seed_role = SeedRole::kMatchedTrainings;
  baseline.anchor = Anchor{.seeds = {-7},
                           .scores = {{0.1, 0.2}},
                           .reason = "release",
                           .provenance = baseline.provenance};
  const std::string text = to_json_text(baseline);
  EXPECT_EQ(parse_baseline(text, "again"), baseline);
  EXPECT_EQ(to_json_text(parse_baseline(text, "again")), text);
}

TEST(Baseline, VersionOneIsReadAndDoesNotSayWhoseScoresItHolds) {
  const std::string subject =
      "\"contestant\": \"net\", \"task\": \"denoise\", \"experiment\": \"smoke\", ";
  EXPECT_EQ(parse_baseline(file(), "b").subject,
            (Subject{.contestant = "net", .task = "denoise", .experiment = "smoke"}));
  expect_refused(file("\"task\": \"denoise\", ", ""), "the key \"task\"");
  std::string old = file(subject, "");
  old.replace(old.find("\"version\": 2"), 12, "\"version\": 1");
  EXPECT_EQ(parse_baseline(old, "b").subject, Subject{});
  std::string mixed = file();
  mixed.replace(mixed.find("\"version\": 2"), 12, "\"version\": 1");
  expect_refused(mixed, "found \"contestant\"");
}

TEST(Baseline, BrokenFilesAreRefusedWithThePlace) {
  expect_refused("", "the file is empty");
  expect_refused(file().substr(0, 200), "the end of the file");
  expect_refused(file() + std::string("\0 and more", 10), "byte 0x00");
  expect_refused(std::string(80'000, '['), "levels of nesting");
  expect_refused("\xEF\xBB\xBF" + file(), "byte order mark");
  expect_refused("[1]", "expected an object");
  expect_refused(file("\"unit\": \"dB\"", "\"unit\": 3"), "unit: expected a text");
  expect_refused(file("\"unit\": \"dB\", ", ""), "the key \"unit\"");
  expect_refused(file("\"unit\": \"dB\"", "\"unit\": \"dB\", \"unti\": 1"), "found \"unti\"");
  expect_refused(file("\"unit\": \"dB\"", "\"unit\": \"dB\", \"unit\": \"\""),
                 "expected each key once");
  expect_refused(file("\"code\": \"abc\"", "\"code\": \"\""), "provenance.code: expected");
  expect_refused(file("bench-gate-baseline", "other"), "format: expected");
  expect_refused(file("\"version\": 2", "\"version\": 3"), "use a newer bench");
  expect_refused(file("higher", "up"), "direction: expected");
  expect_refused(file("evaluation-only", "none"), "seed_role: expected");
}

TEST(Baseline, BrokenScoresAreRefusedWithThePlace) {
  expect_refused(file("30.5", "\"30.5\""), "scores[0][0]: expected");
  expect_refused(file("30.5", "null"), "scores[0][0]: expected");
  expect_refused(file("30.5", "1e999"), "at most 1.8e308");
  expect_refused(file("[30.5, 28.25]", "[30.5]"), "expected 2 images, got 1");
  expect_refused(file("[30.5, 28.25], ", ""), "one row of scores a seed");
  expect_refused(file("[1, 2]", "[1, 1]"), "seeds[1]");
  expect_refused(file("[1, 2]", "[1, 2.5]"), "seeds[1]: expected");
  expect_refused(file("[1, 2]", "[1, 18446744073709551615]"), "seeds[1]: expected");
  expect_refused(file("b.png", "a.png"), "images[1]");
  expect_refused(
      file("\"images\"", "\"anchor\": {\"reason\": \"r\", \"provenance\": " + kProvenance +
                             ", \"seeds\": [1], \"scores\": [[1]]}, \"images\""),
      ": anchor");
}

}  // namespace
}  // namespace bench::verdicts
