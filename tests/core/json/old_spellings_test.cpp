#include "core/json/old_spellings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/bad_input.h"
#include "core/json/json_reader.h"

namespace bench::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(OldSpellings, BecomeTheNewOnesAndAreNamedOnceEach) {
  auto document = parse_json_document("x.json",
                                      "{\"train\": {\n"
                                      "  \"optimiser\": \"sgd\"},\n"
                                      " \"more\": [{\"optimiser\": \"adam\"}],\n"
                                      " \"noise\": \"clearer-uint8\"}");
  EXPECT_THAT(renew_spellings(document),
              ElementsAre("x.json:4:11: \"clearer-uint8\" is now spelled \"awgn-clip-truncate\"",
                          "x.json:3:12: \"optimiser\" is now spelled \"optimizer\""));
  EXPECT_EQ(document.root, nlohmann::json::parse(R"({"train": {"optimizer": "sgd"},
                             "more": [{"optimizer": "adam"}], "noise": "awgn-clip-truncate"})"));
  EXPECT_THAT(renew_spellings(document), IsEmpty()) << "twice is once";
}

TEST(OldSpellings, KeepThePlacesOfWhatStandsBelow) {
  auto document = parse_json_document("x.json", "{\"normalisation\":\n {\"a\": 7}}");
  renew_spellings(document);
  EXPECT_EQ(document.place_of("/normalization/a"), "x.json:2:8");
  EXPECT_EQ(document.place_of_key("/normalization"), "x.json:1:2");
}

TEST(OldSpellings, BesideTheNewOneAreRefused) {
  auto document = parse_json_document("x.json", R"({"optimizer": "adam", "optimiser": "sgd"})");
  try {
    renew_spellings(document);
    FAIL() << "no exception";
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(),
                 "x.json:1:23: expected each key once, found \"optimiser\" beside \"optimizer\", "
                 "which it is now spelled");
  }
}

TEST(OldSpellings, InAPathAreRenewedStepByStep) {
  EXPECT_EQ(with_renewed_spellings("profiles.quick.train.optimiser"),
            "profiles.quick.train.optimizer");
  EXPECT_EQ(with_renewed_spellings("contestants.0.options.neighbours"),
            "contestants.0.options.neighbors");
  EXPECT_EQ(with_renewed_spellings("seeds"), "seeds");
}

TEST(OldSpellings, OfTextsThatOnlyLookAlikeStay) {
  auto document =
      parse_json_document("x.json", R"({"title": "optimiser", "name": "clearer-uint8"})");
  EXPECT_THAT(renew_spellings(document), IsEmpty());
}

}  // namespace
}  // namespace bench::core
