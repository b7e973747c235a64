#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "datasets/image_file.h"
#include "tests/end_to_end/program.h"
#include "tests/temporary_folder.h"

/// The real program: every option of `bench score` reaches what it is for.
namespace bench::runner {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using Words = std::vector<std::string>;

const fs::path kImages = fs::path(BENCH_SOURCE_DIR) / "tests/reference/images";

class ScoreCommand : public testing::Test {
 protected:
  ScoreCommand() {
    fs::create_directories(scratch_.path() / "reference");
    fs::create_directories(scratch_.path() / "restored");
  }

  /// The same file of tests/reference/images on both sides.
  void add(const std::string& image, const std::string& name,
           const std::string& restored = "") const {
    fs::copy_file(kImages / image, scratch_.path() / "reference" / name);
    fs::copy_file(kImages / image,
                  scratch_.path() / "restored" / (restored.empty() ? name : restored));
  }

  end_to_end::Ended score(const Words& more = {}) const {
    Words words = {"score",        "--reference", at("reference"), "--restored",
                   at("restored"), "--protocol",  "psnr()"};
    words.insert(words.end(), more.begin(), more.end());
    return end_to_end::Program(words, output_.path() / "said").wait();
  }
  json facts(Words more = {}) const {
    more.push_back("--json");
    const auto ended = score(more);
    EXPECT_EQ(ended.exit_code, 0) << ended.output;
    return json::parse(ended.output.substr(ended.output.find('{')));
  }
  std::string at(const std::string& name) const { return (scratch_.path() / name).string(); }

  const tests::TemporaryFolder scratch_, output_;
};

TEST_F(ScoreCommand, AlphaAndSixteenBitsAreRefusedUnlessAskedFor) {
  add("rgba.png", "a.png");
  EXPECT_EQ(score().exit_code, 2);
  EXPECT_EQ(facts({"--drop-alpha"}).at("scored"), 1);
  add("gray16.png", "b.png");
  EXPECT_EQ(score({"--drop-alpha"}).exit_code, 2);
  EXPECT_EQ(facts({"--drop-alpha", "--round-16-bit"}).at("scored"), 2);
}

TEST_F(ScoreCommand, NamesAreStrippedAndLeftOut) {
  add("gray8.png", "clean-a.png", "out-a.png");
  EXPECT_EQ(score().exit_code, 2);
  EXPECT_EQ(facts({"--strip", "clean-", "--strip", "out-"}).at("images").at(0).at("name"), "a");
  add("rgb8.png", "b.png");
  const auto some = facts({"--strip", "clean-", "--strip", "out-", "--leave-out", "b"});
  EXPECT_EQ(some.at("scored"), 1);
  EXPECT_EQ(some.at("left_out"), json({"b"}));
}

TEST_F(ScoreCommand, BadImagesAreSkippedOnlyIfAskedFor) {
  add("gray8.png", "a.png");
  scratch_.write("reference/b.png", "broken");
  scratch_.write("restored/b.png", "broken");
  EXPECT_EQ(score().exit_code, 2);
  const auto ended = score({"--skip-bad", "--csv", at("scores.csv"), "--summary"});
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
  EXPECT_THAT(end_to_end::text_of(at("scores.csv")), HasSubstr("b.png"));
}

TEST_F(ScoreCommand, AJpegOfAnotherNameIsScoredAndATiffIsRefused) {
  add("gray8.png", "a.png");
  add("gray.jpg", "b.jfif");
  EXPECT_EQ(facts().at("scored"), 2);
  scratch_.write("restored/c.tif", "II*");
  const auto ended = score();
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.output, HasSubstr("c.tif"));
}

// tests/reference/images/oriented/make_images.py: one image in the eight ways to store it.
TEST_F(ScoreCommand, AnImageIsScoredAsItIsShown) {
  fs::copy_file(kImages / "oriented/orientation1.png", scratch_.path() / "reference/a.png");
  const auto stored = datasets::read_image(kImages / "oriented/orientation1.png").image;
  auto turned = datasets::black_image(3, stored.width, stored.height);
  // Orientation 6 stores rows from right to left of the shown image, each from top to bottom.
  for (int channel = 0; channel < 3; ++channel) {
    for (int row = 0; row < turned.height; ++row) {
      for (int column = 0; column < turned.width; ++column) {
        const auto plane = static_cast<std::size_t>(channel) * stored.plane_size();
        turned.samples[plane + static_cast<std::size_t>(row * turned.width + column)] =
            stored.samples[plane + static_cast<std::size_t>(column * stored.width + stored.width -
                                                            1 - row)];
      }
    }
  }
  // A PNG of those samples with the chunk of orientation6.png in front of its samples.
  const auto file = scratch_.path() / "restored/a.png";
  datasets::write_png(file, turned);
  std::string png = end_to_end::text_of(file);
  const std::string other = end_to_end::text_of(kImages / "oriented/orientation6.png");
  const auto chunk = other.find("eXIf") - 4;
  png.insert(png.find("IDAT") - 4, other.substr(chunk, other.find("IDAT") - 4 - chunk));
  scratch_.write("restored/a.png", png);
  const auto found = facts();
  EXPECT_EQ(found.at("protocols").at(0).at("mean"), "inf");
  EXPECT_THAT(found.at("notes").dump(), HasSubstr("EXIF orientation"));
}

TEST_F(ScoreCommand, AnMsSsimOfANegativeIsExplained) {
  auto image = datasets::black_image(1, 200, 200);
  for (std::size_t i = 0; i < image.samples.size(); ++i) {
    image.samples[i] = static_cast<std::uint8_t>((i * i / 7 + i / 200 * 13) % 256);
  }
  datasets::write_png(scratch_.path() / "reference/a.png", image);
  for (auto& sample : image.samples) sample = static_cast<std::uint8_t>(255 - sample);
  datasets::write_png(scratch_.path() / "restored/a.png", image);
  const auto found = facts({"--protocol", "ms-ssim()"});
  EXPECT_EQ(found.at("protocols").at(1).at("mean"), 0.0);
  EXPECT_THAT(found.at("notes").dump(), HasSubstr("a negative term of a scale counts as 0"));
}

}  // namespace
}  // namespace bench::runner
