#include "baselines/weights/pth.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <random>

#include "baselines/weights/pickle.h"
#include "baselines/weights/weights_error.h"
#include "temporary_file.h"

namespace bench::weights {
namespace {

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(BENCH_SOURCE_DIR) / "tests/reference/pth" / name;
}

template <typename Value>
std::vector<Value> values_of(const TensorView& tensor) {
  std::vector<Value> values(tensor.bytes.size() / sizeof(Value));
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

std::string refusal_of(const std::filesystem::path& file) {
  try {
    PthFile::open(file);
  } catch (const WeightsError& error) {
    return error.what();
  }
  return "";
}

// What PyTorch wrote is described in tests/reference/pth/README.md.
TEST(Pth, ReadsTheTensorsThatPyTorchWroteInTheirOrder) {
  const auto opened = PthFile::open(reference("state.pth"));
  const auto& tensors = opened.tensors();
  ASSERT_EQ(tensors.size(), 7u);
  EXPECT_EQ(tensors[0].name, "conv.weight");
  EXPECT_EQ(tensors[0].shape, (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(values_of<float>(tensors[0]),
            (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  EXPECT_EQ(tensors[1].shape, (std::vector<std::int64_t>{4, 3}));
  EXPECT_EQ(values_of<float>(tensors[1]),
            (std::vector<float>{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}));
  EXPECT_TRUE(tensors[2].shape.empty());
  EXPECT_EQ(values_of<std::int64_t>(tensors[2]), (std::vector<std::int64_t>{7}));
  // binary16: 1.5 is 0x3E00 and -2 is 0xC000.
  EXPECT_EQ(values_of<std::uint16_t>(tensors[3]), (std::vector<std::uint16_t>{0x3E00, 0xC000}));
  EXPECT_EQ(values_of<float>(tensors[4]), (std::vector<float>{6, 7, 10, 11}));
  EXPECT_EQ(values_of<float>(tensors[5]), (std::vector<float>{0.25F, 0.5F}));
  EXPECT_EQ(tensors[6].shape, (std::vector<std::int64_t>{0, 3}));
}

// The one file is the other in the format of before PyTorch 1.6 (README.md there).
TEST(Pth, FilesOfBeforePyTorch16HoldTheSameTensors) {
  const auto modern = PthFile::open(reference("state.pth"));
  const auto legacy = PthFile::open(reference("legacy.pth"));
  ASSERT_EQ(legacy.tensors().size(), modern.tensors().size());
  for (std::size_t i = 0; i < modern.tensors().size(); ++i) {
    const auto& expected = modern.tensors()[i];
    const auto& found = legacy.tensors()[i];
    EXPECT_EQ(found.name, expected.name);
    EXPECT_EQ(found.type, expected.type) << found.name;
    EXPECT_EQ(found.shape, expected.shape) << found.name;
    EXPECT_TRUE(std::ranges::equal(found.bytes, expected.bytes)) << found.name;
  }
}

TEST(Pth, LegacyFilesMayHoldEveryTypeAndShareStorages) {
  const auto opened = PthFile::open(reference("legacy_types.pth"), {.key = "state_dict"});
  EXPECT_EQ(opened.passed_over(), (std::vector<std::string>{"epoch", "optimizer"}));
  std::map<std::string, TensorView> by_name;
  for (const auto& tensor : opened.tensors()) by_name[tensor.name] = tensor;
  ASSERT_EQ(by_name.size(), 9u);
  EXPECT_EQ(values_of<double>(by_name["double"]), (std::vector<double>{1.5, -2}));
  EXPECT_EQ(values_of<std::int64_t>(by_name["long"]), (std::vector<std::int64_t>{7, -7}));
  EXPECT_EQ(values_of<std::int32_t>(by_name["int"]), (std::vector<std::int32_t>{3, -3}));
  EXPECT_EQ(values_of<std::int16_t>(by_name["short"]), (std::vector<std::int16_t>{2, -2}));
  EXPECT_EQ(values_of<std::int8_t>(by_name["char"]), (std::vector<std::int8_t>{1, -1}));
  EXPECT_EQ(values_of<std::uint8_t>(by_name["byte"]), (std::vector<std::uint8_t>{255, 0}));
  EXPECT_EQ(values_of<std::uint8_t>(by_name["bool"]), (std::vector<std::uint8_t>{1, 0}));
  EXPECT_EQ(values_of<float>(by_name["tied"]), (std::vector<float>{0, 1, 2, 3}));
  EXPECT_EQ(values_of<float>(by_name["tied_tail"]), (std::vector<float>{2, 3}));
}

TEST(Pth, TakesTheOnlyDictionaryOfTensorsAndSaysSo) {
  const auto opened = PthFile::open(reference("nested.pth"));
  EXPECT_EQ(opened.tensors().front().name, "conv.weight");
  EXPECT_EQ(opened.taken(), "params");
  const auto all = PthFile::open(reference("nested.pth"), {.all = true});
  EXPECT_EQ(all.tensors().front().name, "params.conv.weight");
  EXPECT_TRUE(PthFile::open(reference("state.pth")).taken().empty());
}

TEST(Pth, OneOfTwoDictionariesMustBeChosen) {
  const auto two = reference("params_ema.pth");
  const auto message = refusal_of(two);
  EXPECT_NE(message.find("\"params\", \"params_ema\""), std::string::npos) << message;
  EXPECT_NE(message.find("--key"), std::string::npos) << message;
  const auto first = PthFile::open(two, {.key = "params"});
  const auto average = PthFile::open(two, {.key = "params_ema"});
  EXPECT_EQ(values_of<float>(first.tensors().front()), (std::vector<float>{0, 1}));
  EXPECT_EQ(values_of<float>(average.tensors().front()), (std::vector<float>{0.25F, 0.5F}));
  EXPECT_EQ(average.tensors().front().name, "conv.weight");
  const auto both = PthFile::open(two, {.all = true});
  EXPECT_EQ(both.tensors().size(), 2u);
  EXPECT_THROW(PthFile::open(two, {.key = "net"}), WeightsError);
  EXPECT_THROW(PthFile::open(reference("state.pth"), {.key = "params"}), WeightsError);
}

TEST(Pth, RefusesWhatIsNotATensorByName) {
  const auto number = refusal_of(reference("with_number.pth"));
  EXPECT_NE(number.find("\"epoch\" is a number"), std::string::npos) << number;
  const auto module = refusal_of(reference("whole_module.pth"));
  EXPECT_NE(module.find("opcode GLOBAL names \"torch.nn.modules.container.Sequential\""),
            std::string::npos)
      << module;
}

std::string pickle_refusal(const std::string& program) {
  try {
    read_tensor_pickle("file", std::as_bytes(std::span(program)));
  } catch (const WeightsError& error) {
    return error.what();
  }
  return "";
}

using namespace std::string_literals;
const std::string kProtocol = "\x80\x02";

TEST(Pickle, NeverRunsAProgram) {
  // The classic attack: posix.system called with a command.
  const auto attack = pickle_refusal(kProtocol + "cposix\nsystem\nX\x07\0\0\0rm -rf /\x85R."s);
  EXPECT_NE(attack.find("opcode GLOBAL names \"posix.system\""), std::string::npos) << attack;
  // INST, OBJ, NEWOBJ and STACK_GLOBAL would do the same by another way.
  for (const char opcode : {'i', 'o', '\x81', '\x93'}) {
    EXPECT_NE(pickle_refusal(kProtocol + opcode + "."s).find("is not executed"), std::string::npos);
  }
  // BUILD sets attributes; on anything but a dictionary it could be a method.
  EXPECT_NE(pickle_refusal(kProtocol + "ccollections\nOrderedDict\n}b."s), "");
  EXPECT_NE(pickle_refusal(kProtocol + "ctorch\nFloatStorage\n)R."s), "");
}

TEST(Pickle, RefusesBrokenPrograms) {
  EXPECT_NE(pickle_refusal(""), "");
  EXPECT_NE(pickle_refusal("\x80\x04}."), "") << "another protocol";
  EXPECT_NE(pickle_refusal(kProtocol + "}"), "") << "no STOP";
  EXPECT_NE(pickle_refusal(kProtocol + "."), "") << "nothing left";
  EXPECT_NE(pickle_refusal(kProtocol + "}}."), "") << "two values left";
  EXPECT_NE(pickle_refusal(kProtocol + "h\x01."), "") << "recalls nothing";
  EXPECT_NE(pickle_refusal(kProtocol + "t."), "") << "no mark";
  EXPECT_NE(pickle_refusal(kProtocol + "X\xFF\xFF\xFF\xFFx."), "") << "text beyond the end";
  EXPECT_EQ(pickle_refusal(kProtocol + "}."), "");
}

// 500,000 times the attributes of BUILD, or the shape of a tensor, a tuple of 100,000 numbers each:
// whoever copied them would take minutes, or all memory.
TEST(Pickle, RecalledValuesAreNotCopied) {
  std::string dict = "}q\0("s;
  for (int i = 0; i < 50'000; ++i) dict += "K\x01K\x01";
  std::string program = "}" + dict + "ub"s;
  for (int i = 0; i < 500'000; ++i) program += "h\0b"s;
  EXPECT_EQ(pickle_refusal(kProtocol + program + "."), "");
  std::string shape = "(";
  for (int i = 0; i < 100'000; ++i) shape += "K\x01";
  const auto message = pickle_refusal(
      kProtocol + "ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"s +
      "X\x01\0\0\0"s + "0X\x03\0\0\0cpuK\x04tQK\0"s + shape + "tK\x01\x85\x89NtR."s);
  EXPECT_NE(message.find("64 dimensions"), std::string::npos) << message;
  // One long text as the key of every entry.
  std::string long_key = "}X\x00\x08\0\0"s + std::string(2048, 'k') + "q\0"s;
  EXPECT_NE(pickle_refusal(kProtocol + long_key + "}s.").find("longer than"), std::string::npos);
}

// What Python 2 and PyTorch 0.3 wrote: short texts and the forerunner of _rebuild_tensor_v2.
TEST(Pickle, ReadsTheWordsOfOlderVersions) {
  const std::string program =
      kProtocol + "}(U\x01wctorch._utils\n_rebuild_tensor\n((U\x07storagectorch\nFloatStorage\n"s +
      "U\x01"s + "0T\x03\0\0\0cpuK\x04NtQK\x01K\x03\x85K\x01\x85tRu."s;
  const auto read = read_tensor_pickle("file", std::as_bytes(std::span(program)));
  ASSERT_EQ(read.tensors.size(), 1u);
  EXPECT_EQ(read.tensors[0].name, "w");
  EXPECT_EQ(read.tensors[0].offset, 1u);
  EXPECT_EQ(read.tensors[0].shape, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(read.element_bytes.at("0"), 4u);
}

TEST(Pickle, BoundsNestingAndRepetition) {
  // One tuple in another, a million times: no recursion may follow it.
  EXPECT_NE(pickle_refusal(kProtocol + ")" + std::string(1'000'000, '\x85') + "."), "");
  // A dictionary that contains itself.
  EXPECT_NE(pickle_refusal(kProtocol + "}q\0X\x01\0\0\0ah\0s."s), "");
  // Fourteen levels of ten names for one dictionary each: 10^14 names in two kilobytes.
  std::string bomb = "}q\0"s;
  for (char level = 1; level < 15; ++level) {
    std::string outer = "}X\x01\0\0\0a"s + bomb + "s";
    for (char key = 'b'; key < 'k'; ++key) {
      outer += "X\x01\0\0\0"s + key + "h" + static_cast<char>(level - 1) + "s";
    }
    bomb = outer + "q" + level;
  }
  const auto message = pickle_refusal(kProtocol + bomb + ".");
  EXPECT_NE(message.find("more than 100000 entries"), std::string::npos) << message;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string refusal_of_bytes(const std::string& content) {
  try {
    PthFile::from_bytes("file", std::as_bytes(std::span(content)));
  } catch (const WeightsError& error) {
    return error.what();
  }
  return "";
}

TEST(Pth, LegacyFilesThatAreCutOrPromiseMoreAreRefused) {
  const auto content = content_of(reference("legacy.pth"));
  EXPECT_EQ(refusal_of_bytes(content), "");
  for (std::size_t kept = 0; kept < content.size(); ++kept) {
    ASSERT_NE(refusal_of_bytes(content.substr(0, kept)), "") << kept << " bytes";
  }
  EXPECT_NE(refusal_of_bytes(content + "x").find("belong to no tensor"), std::string::npos);
  // Any outcome but a crash or a foreign exception is right: data have no checksum.
  for (std::size_t at = 0; at < content.size(); ++at) {
    auto damaged = content;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x80);
    refusal_of_bytes(damaged);
  }
  auto big_endian = content;
  const auto flag = big_endian.find("little_endian");
  big_endian[big_endian.find('\x88', flag)] = '\x89';
  EXPECT_NE(refusal_of_bytes(big_endian).find("little-endian"), std::string::npos);
}

TEST(Pth, SurvivesTruncationAndDamageOfAnyByte) {
  const std::string content = content_of(reference("state.pth"));
  const TemporaryFile file("damaged.pth");
  for (std::size_t kept = 0; kept < content.size(); kept += 7) {
    file.write(content.substr(0, kept));
    EXPECT_NE(refusal_of(file.path()), "") << kept << " bytes";
  }
  // Any outcome but a crash or a foreign exception is right: much of the archive is padding.
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    auto damaged = content;
    damaged[random() % damaged.size()] = static_cast<char>(random());
    file.write(damaged);
    refusal_of(file.path());
  }
}

TEST(Pickle, SurvivesDamageBehindAValidArchive) {
  // The archive's CRC would hide such damage from the pickle reader.
  const std::string program =
      kProtocol + "}(X\x01\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\n"s +
      "FloatStorage\nX\x01\0\0\0"s + "0X\x03\0\0\0cpuK\x04tQK\0K\x04\x85K\x01\x85\x89"s +
      "ccollections\nOrderedDict\n)RtRu."s;
  const auto tensors = read_tensor_pickle("file", std::as_bytes(std::span(program))).tensors;
  ASSERT_EQ(tensors.size(), 1u);
  EXPECT_EQ(tensors[0].shape, (std::vector<std::int64_t>{4}));
  std::mt19937 random(2);
  for (int i = 0; i < 20000; ++i) {
    auto damaged = program;
    for (int k = 0; k < 2; ++k) damaged[random() % damaged.size()] = static_cast<char>(random());
    pickle_refusal(damaged);
  }
}

}  // namespace
}  // namespace bench::weights
