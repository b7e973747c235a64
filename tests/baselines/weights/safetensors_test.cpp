#include "baselines/weights/safetensors.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

#include "baselines/weights/weights_error.h"
#include "temporary_file.h"
#include "tests/shared_folder.h"

namespace bench::weights {
namespace {

std::string length_field(std::uint64_t length) {
  std::string bytes(8, '\0');
  for (int i = 0; i < 8; ++i)
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(length >> (8 * i));
  return bytes;
}

std::string whole_file(const std::string& header, const std::string& data) {
  return length_field(header.size()) + header + data;
}

/// The message with which `content` is refused; empty if it is accepted.
std::string refusal_of(const std::string& content) {
  const TemporaryFile file("refused.safetensors");
  file.write(content);
  try {
    SafetensorsFile::open(file.path());
  } catch (const WeightsError& error) {
    EXPECT_NE(std::string(error.what()).find("refused.safetensors"), std::string::npos)
        << error.what();
    return error.what();
  }
  return "";
}

std::span<const std::byte> bytes_of(const std::vector<float>& values) {
  return std::as_bytes(std::span(values));
}

// The example of the format's specification: name, dtype, shape, offsets, bytes, written by hand.
TEST(Safetensors, ReadsAFileWrittenByHand) {
  const TemporaryFile file("hand.safetensors");
  // 1.0f is 0x3F800000 and -2.0f is 0xC0000000 (IEEE 754), little-endian here.
  file.write(whole_file(
      R"({"__metadata__":{"made":"by hand"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}})",
      std::string("\x00\x00\x80\x3F\x00\x00\x00\xC0", 8)));
  const auto opened = SafetensorsFile::open(file.path());
  ASSERT_EQ(opened.tensors().size(), 1u);
  const auto& tensor = opened.tensor("w");
  EXPECT_EQ(tensor.type, ElementType::kFloat32);
  EXPECT_EQ(tensor.shape, (std::vector<std::int64_t>{2, 1}));
  float values[2];
  std::memcpy(values, tensor.bytes.data(), 8);
  EXPECT_EQ(values[0], 1.0F);
  EXPECT_EQ(values[1], -2.0F);
  EXPECT_EQ(opened.metadata(), (Metadata{{"made", "by hand"}}));
}

TEST(Safetensors, GivesBackWhatWasWritten) {
  const TemporaryFile file("round.safetensors");
  const std::vector<float> weights{1.5F, -2.25F, 3.0F};
  const std::vector<std::int64_t> counter{-7};
  const std::vector<TensorView> tensors{
      {"zweite.weight", ElementType::kFloat32, {3, 1}, bytes_of(weights)},
      {"empty", ElementType::kFloat32, {0, 4}, {}},
      {"a.counter", ElementType::kInt64, {}, std::as_bytes(std::span(counter))}};
  write_safetensors(file.path(), tensors, {{"epoch", "3"}, {"größe", "ü"}});

  const auto opened = SafetensorsFile::open(file.path());
  ASSERT_EQ(opened.tensors().size(), 3u);
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    EXPECT_EQ(opened.tensors()[i].name, tensors[i].name) << "the order is kept";
    EXPECT_EQ(opened.tensors()[i].type, tensors[i].type);
    EXPECT_EQ(opened.tensors()[i].shape, tensors[i].shape);
    EXPECT_TRUE(std::equal(tensors[i].bytes.begin(), tensors[i].bytes.end(),
                           opened.tensors()[i].bytes.begin(), opened.tensors()[i].bytes.end()));
  }
  EXPECT_EQ(opened.metadata().at("größe"), "ü");
}

TEST(Safetensors, WritesTheSameBytesTwiceAndLeavesNoTemporaryFile) {
  const TemporaryFile first("first.safetensors"), second("second.safetensors");
  const std::vector<float> weights{1.0F, 2.0F};
  const std::vector<TensorView> tensors{{"w", ElementType::kFloat32, {2}, bytes_of(weights)}};
  write_safetensors(first.path(), tensors, {{"a", "b"}});
  write_safetensors(second.path(), tensors, {{"a", "b"}});
  EXPECT_EQ(first.read(), second.read());
  for (const auto& entry : std::filesystem::directory_iterator(first.path().parent_path())) {
    const auto name = entry.path().filename().string();
    EXPECT_FALSE(name.starts_with(first.path().filename().string() + ".tmp")) << name;
  }
}

TEST(Safetensors, KeepsTheOldFileWhenTheNewOneIsRefused) {
  const TemporaryFile file("kept.safetensors");
  file.write("before");
  const std::vector<float> weights{1.0F};
  const std::vector<TensorView> twice{{"w", ElementType::kFloat32, {1}, bytes_of(weights)},
                                      {"w", ElementType::kFloat32, {1}, bytes_of(weights)}};
  EXPECT_THROW(write_safetensors(file.path(), twice), WeightsError);
  const std::vector<TensorView> wrong{{"w", ElementType::kFloat32, {2}, bytes_of(weights)}};
  EXPECT_THROW(write_safetensors(file.path(), wrong), WeightsError);
  EXPECT_EQ(file.read(), "before");
  EXPECT_THROW(write_safetensors("/no-such-folder/w.safetensors", {}), WeightsError);
}

struct Fault {
  const char* name;
  std::string content;
  const char* expected_words;
};

class SafetensorsFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(SafetensorsFaults, AreRefusedByName) {
  const auto message = refusal_of(GetParam().content);
  EXPECT_NE(message.find(GetParam().expected_words), std::string::npos) << message;
}

std::string one(const std::string& entry, std::size_t data_bytes) {
  return whole_file("{\"conv.weight\":" + entry + "}", std::string(data_bytes, 'x'));
}

INSTANTIATE_TEST_SUITE_P(
    All, SafetensorsFaults,
    ::testing::Values(
        Fault{"TooShort", "abc", "3 bytes in all"},
        Fault{"HeaderBeyondFile", length_field(1000) + "{}", "claims 1000 bytes"},
        Fault{"HeaderHuge", length_field(~0ULL) + "{}", "claims 18446744073709551615"},
        Fault{"NotJson", whole_file("{\"a\":", ""), "UTF-8 JSON"},
        Fault{"NotUtf8", whole_file("{\"\xFF\xFE\":1}", ""), "UTF-8"},
        Fault{"NotAnObject", whole_file("[]", ""), "JSON object"},
        Fault{"TrailingText", whole_file("{} x", ""), "UTF-8 JSON"},
        Fault{"NameTwice",
              whole_file(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                         R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                         "x"),
              "names \"a\" twice"},
        Fault{"FieldTwice",
              one(R"({"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]})", 1),
              "names \"dtype\" twice"},
        Fault{"MetadataNotText", whole_file(R"({"__metadata__":{"epoch":3}})", ""),
              "expected a text"},
        Fault{"FieldMissing", one(R"({"dtype":"F32","shape":[1]})", 4), "data_offsets"},
        Fault{"FieldUnknown", one(R"({"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1})", 1),
              "unknown field \"x\""},
        Fault{"UnknownType", one(R"({"dtype":"F31","shape":[1],"data_offsets":[0,4]})", 4),
              "tensor \"conv.weight\": unknown dtype \"F31\""},
        Fault{"TypeNotText", one(R"({"dtype":32,"shape":[1],"data_offsets":[0,4]})", 4),
              "unknown dtype 32"},
        Fault{"NegativeExtent", one(R"({"dtype":"F32","shape":[-1],"data_offsets":[0,4]})", 4),
              "shape: expected whole numbers"},
        Fault{"FractionalExtent", one(R"({"dtype":"F32","shape":[1.0],"data_offsets":[0,4]})", 4),
              "shape: expected whole numbers"},
        Fault{"SizeOverflow",
              one(R"({"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]})", 0),
              "more bytes than can be counted"},
        Fault{"ByteOverflow",
              one(R"({"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]})", 0),
              "more bytes than can be counted"},
        Fault{"OffsetsBackwards", one(R"({"dtype":"F32","shape":[1],"data_offsets":[4,0]})", 4),
              "not within"},
        Fault{"OffsetsBeyondFile", one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})", 4),
              "not within the 4 bytes"},
        Fault{"OffsetsNegative", one(R"({"dtype":"F32","shape":[1],"data_offsets":[-4,0]})", 4),
              "two whole numbers"},
        Fault{"SizeDiffers", one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,4]})", 4),
              "need 8 bytes"},
        Fault{"Overlap",
              whole_file(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)"
                         R"("b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})",
                         "xxxxxx"),
              "tensor \"b\": its bytes overlap"},
        Fault{"Gap",
              whole_file(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
                         R"("b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}})",
                         "xxxxxx"),
              "tensor \"b\": its bytes leave a gap"},
        Fault{"BytesLeftOver", one(R"({"dtype":"U8","shape":[2],"data_offsets":[0,2]})", 5),
              "3 bytes at the end"}),
    [](const ::testing::TestParamInfo<Fault>& info) { return info.param.name; });

TEST(Safetensors, SurvivesEveryTruncationOfAFile) {
  const auto content = one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})", 8);
  for (std::size_t kept = 0; kept < content.size(); ++kept) {
    EXPECT_NE(refusal_of(content.substr(0, kept)), "") << kept << " bytes";
  }
}

TEST(Safetensors, NamesAFileThatIsNotThere) {
  try {
    SafetensorsFile::open("/no-such-folder/w.safetensors");
    FAIL() << "no exception";
  } catch (const WeightsError& error) {
    EXPECT_NE(std::string(error.what()).find("/no-such-folder/w.safetensors"), std::string::npos);
  }
}

TEST(Safetensors, ReadsThePublicWeightsWithTheirPublishedCounts) {
  const std::vector<std::pair<std::string, std::uint64_t>> numbers_by_file{
      {"dncnn_s_sigma25", 555137},
      {"dncnn_s_bn_sigma25", 557952},
      {"prenet_rain100h", 168963},
      {"prn_rain100h", 95107}};
  for (const auto& [name, numbers] : numbers_by_file) {
    const auto file = tests::shared_folder() / "weights" / (name + ".safetensors");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "weights not here: " << file;
    std::uint64_t counted = 0;
    const auto opened = SafetensorsFile::open(file);
    for (const auto& tensor : opened.tensors()) {
      if (tensor.type == ElementType::kFloat32) counted += *element_count(tensor.shape);
    }
    EXPECT_EQ(counted, numbers) << name;
  }
}

// Wherever a value may stand: reading, printing and destroying it must not recurse.
TEST(Safetensors, DeepNestingIsRefusedAtEveryPlace) {
  const std::string deep = std::string(80'000, '[') + std::string(80'000, ']');
  for (const std::string& header :
       {deep, R"({"w":)" + deep + "}", R"({"__metadata__":{"a":)" + deep + "}}",
        R"({"w":{"dtype":)" + deep + R"(,"shape":[],"data_offsets":[0,0]}})",
        R"({"w":{"dtype":"F32","shape":)" + deep + R"(,"data_offsets":[0,0]}})",
        R"({"w":{"dtype":"F32","shape":[0],"data_offsets":)" + deep + "}}"}) {
    EXPECT_NE(refusal_of(whole_file(header, "")).find("nested deeper"), std::string::npos);
  }
  const std::string objects = R"({"w":{"dtype":{"a":{}},"shape":[],"data_offsets":[0,0]}})";
  EXPECT_NE(refusal_of(whole_file(objects, "")).find("nested deeper"), std::string::npos);
}

TEST(Safetensors, ManyTensorsAreWrittenAndRead) {
  constexpr std::size_t kTensors = 40'000;
  std::vector<TensorView> tensors;
  for (std::size_t i = 0; i < kTensors; ++i) {
    tensors.push_back({"layer." + std::to_string(i), ElementType::kFloat32, {0, 1}, {}});
  }
  const TemporaryFile file("many.safetensors");
  write_safetensors(file.path(), tensors);
  const auto opened = SafetensorsFile::open(file.path());
  EXPECT_EQ(opened.tensors().size(), kTensors);
}

}  // namespace
}  // namespace bench::weights
