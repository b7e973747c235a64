#include "datasets/image_format.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "datasets/image_file.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

TEST(KindOfFile, APngOrJpegIsAnImageWhateverItIsCalled) {
  const tests::TemporaryFolder folder;
  const fs::path images = fs::path(BENCH_SOURCE_DIR) / "tests/reference/images";
  for (const std::string name : {"a.jfif", "a.JPE", "a.jif", "a.dat", "a"}) {
    fs::copy_file(images / "gray.jpg", folder.path() / name);
    EXPECT_EQ(kind_of_file(folder.path() / name), FileKind::kImage) << name;
  }
  fs::copy_file(images / "gray8.png", folder.path() / "b.tif");
  EXPECT_EQ(kind_of_file(folder.path() / "b.tif"), FileKind::kImage);
  EXPECT_EQ(kind_of_file(folder.write("broken.png", "not a PNG")), FileKind::kImage);
}

TEST(KindOfFile, KnowsFormatsThatAreNotReadByNameOrContent) {
  const tests::TemporaryFolder folder;
  for (const char* name : {"a.tif", "a.TIFF", "a.bmp", "a.webp", "a.tga", "a.npy", "a.ppm"}) {
    EXPECT_EQ(kind_of_file(folder.write(name, "")), FileKind::kUnsupportedImage) << name;
  }
  using namespace std::string_literals;
  for (const auto& start : {"GIF89a"s, "II*\0"s, "MM\0*"s, "RIFF1234WEBPVP8 "s, "\x93NUMPY"s}) {
    EXPECT_EQ(kind_of_file(folder.write("b.dat", start)), FileKind::kUnsupportedImage) << start;
  }
}

TEST(KindOfFile, OtherFilesAreNoImages) {
  const tests::TemporaryFolder folder;
  EXPECT_EQ(kind_of_file(folder.write("notes.txt", "BMP and P5 are formats")), FileKind::kOther);
  EXPECT_EQ(kind_of_file(folder.write("empty", "")), FileKind::kOther);
  EXPECT_EQ(kind_of_file(folder.path() / "none"), FileKind::kOther);
  // Opening a pipe without a writer would wait for ever.
  const auto pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(kind_of_file(pipe), FileKind::kOther);
}

}  // namespace
}  // namespace bench::datasets
