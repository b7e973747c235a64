#include "core/json/json_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/bad_input.h"

namespace bench::core {
namespace {

using testing::HasSubstr;

// The message with which a text is refused; "" if it is read.
std::string fault_of(const std::string& text) {
  try {
    parse_json_document("x.json", text);
    return "";
  } catch (const BadInput& error) {
    return error.what();
  }
}

std::string nested(int levels) {
  const auto count = static_cast<std::size_t>(levels);
  return std::string(count, '[') + std::string(count, ']');
}

TEST(JsonDocument, KnowsTheLineAndColumnOfEachValueAndKey) {
  const auto document = parse_json_document("x.json", "{\n  \"a\": [1,\n\t22],  \"b\": {}\n}");
  EXPECT_EQ(document.place_of(""), "x.json:1:1");
  EXPECT_EQ(document.place_of("/a"), "x.json:2:8");
  EXPECT_EQ(document.place_of("/a/1"), "x.json:3:2");
  EXPECT_EQ(document.place_of_key("/b"), "x.json:3:8");
  EXPECT_EQ(document.place_of("/b"), "x.json:3:13");
}

TEST(JsonDocument, GivesTheNearestPlaceAroundAValueThatIsNotInTheText) {
  const auto document = parse_json_document("x.json", "{\"a\": {}}");
  EXPECT_EQ(document.place_of("/a/b/c"), "x.json:1:7");
}

TEST(JsonDocument, TellsKeysWithSlashesFromNestedOnes) {
  const auto document = parse_json_document("x.json", R"({"a": {"b": 1}, "a/b": 2, "a~1b": 3})");
  EXPECT_EQ(document.place_of("/a/b"), "x.json:1:13");
  EXPECT_EQ(document.place_of("/a~1b"), "x.json:1:24");
  EXPECT_EQ(document.place_of("/a~01b"), "x.json:1:35");
}

TEST(JsonDocument, SaysWhereAndWhatForEachFaultOfTheText) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> faults = {
      {"", {"x.json:1:1: ", "the end of the file", "the file is empty"}},
      {" \n ", {"x.json:2:2: ", "the end of the file"}},
      {"{\"a\": 1,\n}", {"x.json:2:1: ", "found '}'", "is there a comma before it?"}},
      {"[1,\n 2,]", {"x.json:2:4: ", "found ']'", "is there a comma before it?"}},
      {"{\n// why\n\"a\": 1}", {"x.json:2:1: ", "found '/'", "JSON has no comments"}},
      {"{\"a\": 1} {", {"x.json:1:10: ", "expected end of input"}},
      {"{\"a\" 1}", {"x.json:1:6: ", "':'"}},
      {"{'a': 1}", {"x.json:1:2: ", "found '''"}},
      {"{\"a\": nul}", {"x.json:1:10: "}},
      {"{\"a\": 01}", {"x.json:1:8: "}},
      {"{\"a\": NaN}", {"x.json:1:7: ", "found 'N'"}},
      {"{\"a\": \"\xff\"}", {"x.json:1:8: ", "expected UTF-8 text", "byte 0xff"}},
      {"{\"a\": \"\xc3(\"}", {"x.json:1:9: ", "expected UTF-8 text"}},
      {"\xEF\xBB\xBF{}", {"x.json:1:1: ", "byte order mark", "save as UTF-8 without one"}},
      {std::string("{\"a\"\0: 1}", 9), {"x.json:1:5: ", "byte 0x00"}},
      {std::string("{\"a\": 1}\0 this is {", 20), {"x.json:1:9: ", "byte 0x00"}},
      {"{\"a\": \"line\nbreak\"}", {"x.json:1:12: "}},
      {"{\"a\": 1,\n \"b\": 2,\n \"a\": 3}",
       {"x.json:3:2: ", "expected each key once", "\"a\"", "the first is at x.json:1:2"}},
      {"{\"a\": 1, \"\\u0061\": 2}", {"x.json:1:10: ", "expected each key once"}},
      {"{\"a\": \"1e999\",\n \"b\": [0, -1e999]}",
       {"x.json:2:11: ", "expected a number of at most 1.8e308", "-1e999"}},
      {nested(65), {"x.json:1:65: ", "expected at most 64 levels"}},
      {nested(200), {"x.json:1:65: ", "expected at most 64 levels"}},
      {std::string(1'000'000, '['), {"x.json:1:65: ", "expected at most 64 levels"}},
  };
  for (const auto& [text, parts] : faults) {
    const std::string fault = fault_of(text);
    for (const auto& part : parts) EXPECT_THAT(fault, HasSubstr(part)) << text.substr(0, 80);
  }
}

TEST(JsonDocument, NamesTheValueThatAFaultIsIn) {
  const std::vector<std::pair<std::string, std::string>> faults = {
      {R"({"a": [1, 2,]})", "x.json:1:13: a[2]: expected"},
      {R"({"a": {"b": [{"c": 1}, {"c": nul}]}})", "x.json:1:33: a.b[1].c: expected"},
      {R"({"a": {"b": 1,}})", "x.json:1:15: a: expected"},
      {R"({"a": {"b" 1}})", "x.json:1:12: a.b: expected"},
      {R"({"a": 1,})", "x.json:1:9: expected"},
      {R"({"a": {"b": "\"{[,", "c": ]}})", "x.json:1:27: a.c: expected"},
      {R"({"a": [{}, {"b": 1, "b": 2}]})",
       "x.json:1:21: a[1]: expected each key once, found \"b\" again; the first is at x.json:1:13"},
      {"{\"a\": {\"b\": \"\xff\"}}", "x.json:1:14: a.b: expected UTF-8"},
      {R"({"a": [0, 1e999]})", "x.json:1:11: a[1]: expected a number"},
      {R"({"a": )" + nested(64) + "}",
       "x.json:1:70: a[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0...: expected"},
  };
  for (const auto& [text, beginning] : faults) {
    EXPECT_THAT(fault_of(text), testing::StartsWith(beginning)) << text;
  }
}

TEST(JsonDocument, ReadsWhatIsJustGoodEnough) {
  EXPECT_EQ(fault_of(nested(64)), "");
  EXPECT_EQ(fault_of("{\"a\": \"[[[ \\\" ]]]\", \"b\": {\"a\": 1}}"), "");
  EXPECT_EQ(fault_of("\r\n{\"ä\": \"\\ud83d\\ude00\"}\r\n"), "");
}

TEST(SetValue, ChangesValuesByPathAsJsonOrText) {
  auto document = parse_json_document("x.json", R"({"a": {"b": [1, 2]}, "c": "text"})");
  set_value(document, "a.b.1", "7");
  set_value(document, "c", "other words");
  set_value(document, "a.added", "[true, null]");
  EXPECT_EQ(document.root.dump(), R"({"a":{"added":[true,null],"b":[1,7]},"c":"other words"})");
}

TEST(SetValue, IsThePlaceOfWhatItSets) {
  auto document = parse_json_document("x.json", R"({"a": {"b": [1, {"c": 2}]}, "ab": 3})");
  set_value(document, "a.b", R"([{"c": 4}])");
  set_value(document, "a.added", "5");
  EXPECT_EQ(document.place_of("/a/b"), "--set a.b");
  EXPECT_EQ(document.place_of("/a/b/0/c"), "--set a.b");
  EXPECT_EQ(document.place_of_key("/a/b/1/c"), "--set a.b") << "no place of the text it replaced";
  EXPECT_EQ(document.place_of_key("/a/added"), "--set a.added");
  EXPECT_EQ(document.place_of("/a"), "x.json:1:7");
  EXPECT_EQ(document.place_of("/ab"), "x.json:1:35");
}

TEST(SetValue, RefusesPathsThatLeadNowhere) {
  const std::vector<std::pair<std::string, std::string>> faults = {
      {"b.c", "no \"b\""},
      {"profile.x", "no \"profile\"; did you mean \"profiles\"?"},
      {"a.0", "\"0\" below a value that has no parts"},
      {"list.2", "\"2\" in a list of 2"},
      {"list.-1", "\"-1\" in a list of 2"},
      {"list.x", "\"x\" in a list of 2"},
      {"list.1.", "below a value that has no parts"},
  };
  for (const auto& [path, part] : faults) {
    auto document = parse_json_document("x.json", R"({"a": 1, "list": [1, 2], "profiles": {}})");
    try {
      set_value(document, path, "1");
      ADD_FAILURE() << path;
    } catch (const BadInput& error) {
      EXPECT_THAT(error.what(), HasSubstr("--set " + path));
      EXPECT_THAT(error.what(), HasSubstr(part));
    }
  }
}

TEST(SetValue, IsAsStrictAsTheFile) {
  const auto fault = [](const std::string& value) -> std::string {
    auto document = parse_json_document("x.json", "{}");
    try {
      set_value(document, "a", value);
      return "";
    } catch (const BadInput& error) {
      return error.what();
    }
  };
  EXPECT_THAT(fault(R"({"b": 1, "b": 2})"), HasSubstr("expected each key once"));
  EXPECT_THAT(fault(nested(200)), HasSubstr("expected at most 64 levels"));
  EXPECT_THAT(fault("\xff"), HasSubstr("expected UTF-8"));
}

}  // namespace
}  // namespace bench::core
