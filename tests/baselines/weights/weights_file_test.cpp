#include "baselines/weights/weights_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "baselines/weights/weights_error.h"
#include "temporary_file.h"

namespace bench::weights {
namespace {

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(BENCH_SOURCE_DIR) / "tests/reference/pth" / name;
}

std::string refusal_of(const std::filesystem::path& file, const DictionaryChoice& choice = {}) {
  try {
    WeightsFile::open(file, choice);
  } catch (const WeightsError& error) {
    return error.what();
  }
  return "";
}

TEST(WeightsFile, KnowsItsFormatByItsContent) {
  for (const char* name : {"state.pth", "legacy.pth"}) {
    const auto file = WeightsFile::open(reference(name));
    EXPECT_EQ(file.format(), "pth") << name;
    EXPECT_EQ(file.tensors().size(), 7u) << name;
    EXPECT_EQ(file.note(), "") << name;
  }
  EXPECT_NE(refusal_of("no such file").find("file not found"), std::string::npos);
  EXPECT_NE(refusal_of(BENCH_SOURCE_DIR), "");
  const TemporaryFile text("text.pth");
  text.write("not weights at all");
  EXPECT_NE(refusal_of(text.path()).find("neither a safetensors nor a .pth"), std::string::npos);
}

TEST(WeightsFile, ACutZipFileIsSaidToBeCut) {
  const TemporaryFile cut("cut.pth");
  cut.write(std::string("PK\x03\x04") + std::string(100, 'x'));
  EXPECT_NE(refusal_of(cut.path()).find("cut short"), std::string::npos);
}

// Opening a pipe without a writer would wait for ever.
TEST(WeightsFile, APipeIsNoFile) {
  const TemporaryFile pipe("pipe.pth");
  ASSERT_EQ(::mkfifo(pipe.path().c_str(), 0600), 0);
  EXPECT_NE(refusal_of(pipe.path()).find("not a file"), std::string::npos);
}

TEST(WeightsFile, SaysWhichDictionaryWasTakenAndWhatWasNot) {
  EXPECT_EQ(WeightsFile::open(reference("nested.pth")).note(),
            "The tensors are those of the dictionary \"params\".");
  EXPECT_EQ(WeightsFile::open(reference("legacy_types.pth")).note(),
            "The tensors are those of the dictionary \"state_dict\". Beside it the file holds "
            "\"epoch\", \"optimizer\".");
  EXPECT_EQ(WeightsFile::open(reference("params_ema.pth"), {.key = "params"}).note(),
            "The tensors are those of the dictionary \"params\". Beside it the file holds "
            "\"params_ema\".");
}

TEST(WeightsFile, ASafetensorsFileHasNoDictionariesToChoose) {
  const TemporaryFile file("plain.safetensors");
  write_safetensors(file.path(), {});
  EXPECT_EQ(refusal_of(file.path()), "");
  EXPECT_NE(refusal_of(file.path(), {.key = "params"}).find("--key"), std::string::npos);
}

}  // namespace
}  // namespace bench::weights
