#include "baselines/weights/pth.h"

#include <gtest/gtest.h>

#include <cstring>
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

TEST(Pth, JoinsTheKeysOfNestedDictionaries) {
  const auto opened = PthFile::open(reference("nested.pth"));
  EXPECT_EQ(opened.tensors().front().name, "params.conv.weight");
}

TEST(Pth, RefusesWhatIsNotATensorByName) {
  const auto number = refusal_of(reference("with_number.pth"));
  EXPECT_NE(number.find("\"epoch\" is a number"), std::string::npos) << number;
  const auto module = refusal_of(reference("whole_module.pth"));
  EXPECT_NE(module.find("opcode GLOBAL names \"torch.nn.modules.container.Sequential\""),
            std::string::npos)
      << module;
  const auto legacy = refusal_of(reference("legacy.pth"));
  EXPECT_NE(legacy.find("before PyTorch 1.6"), std::string::npos) << legacy;
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

TEST(Pth, SurvivesTruncationAndDamageOfAnyByte) {
  std::string content;
  {
    std::ifstream in(reference("state.pth"), std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
  }
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
  const auto tensors = read_tensor_pickle("file", std::as_bytes(std::span(program)));
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
