#include "runner/plan/stage_key.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "runner/plan/code_digests.h"

namespace bench::runner {
namespace {

KeyParts example() {
  return {
      .kind = "train",
      .settings_json =
          R"({"seed": 3, "recipe": {"steps": 100, "name": "fast"}, "rate": 0.005, "text": "ä"})",
      .inputs = {{"data", "1111"}, {"model", "2222"}},
      .code_digest = "c0de"};
}

// By Python: hashlib.sha256 of json.dumps({"kind": ..., "settings": ..., "inputs": [[role, key],
// ...], "code": ...}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).
TEST(StageKey, IsTheDigestOfCanonicalJson) {
  EXPECT_EQ(stage_key(example()),
            "147593dc9b9c2cc10b6824f95f4e281f12b7f4603b67bfc6f528b7e2ee9408ec");
}

TEST(StageKey, DoesNotDependOnTheLayoutOfTheSettings) {
  auto parts = example();
  parts.settings_json =
      R"({"text":"\u00e4","rate":5e-3,"recipe":{"name":"fast","steps":100},"seed":3})";
  EXPECT_EQ(stage_key(parts), stage_key(example()));
}

TEST(StageKey, DiffersWithEveryPart) {
  std::set<std::string> keys = {stage_key(example())};
  const auto add = [&](auto change) {
    auto parts = example();
    change(parts);
    EXPECT_TRUE(keys.insert(stage_key(parts)).second);
  };
  add([](KeyParts& parts) { parts.kind = "search"; });
  add([](KeyParts& parts) { parts.code_digest = "c0df"; });
  add([](KeyParts& parts) { parts.data_digest = "da7a"; });
  add([](KeyParts& parts) { parts.program_digest = "da7a"; });
  add([](KeyParts& parts) { parts.inputs[0].first = "date"; });
  add([](KeyParts& parts) { parts.inputs[0].second = "1112"; });
  add([](KeyParts& parts) { std::swap(parts.inputs[0].second, parts.inputs[1].second); });
  add([](KeyParts& parts) { parts.inputs.pop_back(); });
  add([](KeyParts& parts) { parts.inputs.clear(); });
  add([](KeyParts& parts) { parts.settings_json = "{}"; });
  // Every setting decides, down to the last bit of a number.
  auto settings = nlohmann::json::parse(example().settings_json);
  settings["rate"] = std::nextafter(0.005, 1.0);
  add([&](KeyParts& parts) { parts.settings_json = settings.dump(); });
}

TEST(CodeDigest, IsOfAKindAndKnown) {
  std::set<std::string> digests;
  for (const char* kind : {"prepare", "search", "train", "evaluate", "cost"}) {
    const auto digest = code_digest(kind);
    EXPECT_EQ(digest.size(), 64U);
    digests.insert(digest);
  }
  // A search and a training reach the same folders.
  EXPECT_EQ(digests.size(), 4U);
  EXPECT_EQ(code_digest("search"), code_digest("train"));
  EXPECT_THROW(code_digest("report"), std::out_of_range);
  EXPECT_THROW(folder_digest("reports"), std::out_of_range) << "a report retrains nothing";
}

TEST(WithArchitecture, ReplacesOnlyTheArchitecture) {
  EXPECT_EQ(with_architecture(R"({"network": {"architecture": "", "kind": "clearer"}, "seed": 1})",
                              "PF|FP"),
            R"({"network":{"architecture":"PF|FP","kind":"clearer"},"seed":1})");
}

}  // namespace
}  // namespace bench::runner
