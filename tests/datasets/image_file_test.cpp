#include "datasets/image_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "core/digest/sha256.h"
#include "core/randomness/stream.h"
#include "datasets/dead_leaves.h"
#include "tests/message_of.h"
#include "tests/temporary_folder.h"

namespace bench::datasets {
namespace {

namespace fs = std::filesystem;

fs::path reference(const std::string& name) {
  return fs::path(BENCH_SOURCE_DIR) / "tests/reference/images" / name;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string sha256_of(const Image& image) {
  return digest::sha256_hex(
      {reinterpret_cast<const char*>(image.samples.data()), image.samples.size()});
}

constexpr ReadOptions kEverything{.alpha = AlphaPolicy::kDrop,
                                  .sixteen_bit = SixteenBitPolicy::kRound};

// Pillow decoded the same files: see make_images.py beside them.
TEST(ReadImage, EqualsPillowForEveryKindOfFile) {
  std::ifstream table(reference("expected.tsv"));
  std::string name;
  std::string digest;
  int channels = 0;
  int height = 0;
  int width = 0;
  int files = 0;
  while (table >> name >> channels >> height >> width >> digest) {
    const Image image = read_image(reference(name), kEverything).image;
    EXPECT_EQ(image.channels, channels) << name;
    EXPECT_EQ(image.height, height) << name;
    EXPECT_EQ(image.width, width) << name;
    EXPECT_EQ(sha256_of(image), digest) << name;
    ++files;
  }
  EXPECT_EQ(files, 13);
}

// Pillow turned the same files: see make_images.py beside them.
TEST(ReadImage, AppliesEveryExifOrientationAsPillowDoes) {
  std::ifstream table(reference("oriented/expected.tsv"));
  std::string name, digest;
  int orientation = 0, height = 0, width = 0, files = 0;
  while (table >> name >> orientation >> height >> width >> digest) {
    const auto file = reference("oriented/" + name);
    const auto read = read_image(file);
    EXPECT_EQ(read.info.orientation, orientation) << name;
    EXPECT_EQ(read.image.height, height) << name;
    EXPECT_EQ(read.image.width, width) << name;
    EXPECT_EQ(sha256_of(read.image), digest) << name;
    EXPECT_EQ(inspect_image(file), read.info) << name;
    ++files;
  }
  EXPECT_EQ(files, 16);
  EXPECT_EQ(to_string(inspect_image(reference("oriented/orientation6.jpg"))),
            "JPEG, 5x7 (width x height), 8-bit RGB, turned by EXIF orientation 6");
}

// Without its tRNS chunk a transparent image would pass for an opaque one.
TEST(ReadImage, RefusesADamagedChunkWhateverItIs) {
  const std::string whole = bytes_of(reference("rgb_transparent.png"));
  const auto chunk = whole.find("tRNS");
  ASSERT_NE(chunk, std::string::npos);
  for (std::size_t byte = chunk + 4; byte < chunk + 14; ++byte) {  // data and checksum
    std::string damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ 1);
    EXPECT_THROW(decode_image(damaged, "damaged", kEverything), ImageError) << byte;
    EXPECT_THROW(inspect_image(tests::TemporaryFolder().write("a.png", damaged)), ImageError);
  }
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}

std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char letter : bytes) {
    value ^= static_cast<unsigned char>(letter);
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1U) != 0 ? 0xEDB88320U : 0);
  }
  return ~value;
}

std::string with_chunk(const std::string& png, const std::string& type, const std::string& data) {
  constexpr std::size_t kBehindHeader = 8 + 25;
  const std::string body = type + data;
  std::string changed = png;
  return changed.insert(kBehindHeader, big_endian(static_cast<std::uint32_t>(data.size())) + body +
                                           big_endian(crc32_of(body)));
}

// A chunk that libpng leaves out with a warning: what concerns samples is an error, the rest is
// told.
TEST(ReadImage, SaysWhatLibpngWarnsOf) {
  const std::string whole = bytes_of(reference("rgb8.png"));
  EXPECT_EQ(decode_image(whole, "whole").info.warning, "");
  const auto profile = decode_image(with_chunk(whole, "sRGB", "\x09"), "profile");
  EXPECT_NE(profile.info.warning.find("sRGB"), std::string::npos) << profile.info.warning;
  EXPECT_EQ(profile.image, decode_image(whole, "whole").image);
  EXPECT_THROW(decode_image(with_chunk(whole, "tRNS", "x"), "transparent"), ImageError);
}

TEST(ReadImage, SaysWhatLibjpegWarnsOf) {
  const std::string whole = bytes_of(reference("gray.jpg"));
  EXPECT_EQ(decode_image(whole, "whole").info.warning, "");
  constexpr std::size_t kBehindJfifHeader = 2 + 2 + 16;
  std::string padded = whole;
  padded.insert(kBehindJfifHeader, "pad");
  EXPECT_NE(decode_image(padded, "padded").info.warning.find("extraneous"), std::string::npos);
}

TEST(ReadImage, SaysWhatItFound) {
  EXPECT_EQ(to_string(inspect_image(reference("palette.png"))),
            "PNG, 17x13 (width x height), 4-bit RGB palette");
  EXPECT_EQ(to_string(inspect_image(reference("gray_alpha.png"))),
            "PNG, 17x13 (width x height), 8-bit gray with alpha");
  EXPECT_EQ(to_string(inspect_image(reference("rgb16.png"))),
            "PNG, 17x13 (width x height), 16-bit RGB");
  EXPECT_EQ(to_string(inspect_image(reference("gray.jpg"))),
            "JPEG, 17x13 (width x height), 8-bit gray");
  EXPECT_EQ(inspect_image(reference("gray1.png")).bit_depth, 1);
}

TEST(ReadImage, ConvertsNothingUnlessAsked) {
  for (const char* name : {"rgba.png", "gray_alpha.png", "rgb_transparent.png"}) {
    const std::string message = tests::message_of<ImageError>([&] { read_image(reference(name)); });
    EXPECT_NE(message.find(name), std::string::npos) << message;
    EXPECT_NE(message.find("transparency"), std::string::npos) << message;
  }
  const std::string message =
      tests::message_of<ImageError>([] { read_image(reference("gray16.png")); });
  EXPECT_NE(message.find("16-bit gray"), std::string::npos) << message;
}

TEST(ReadImage, RefusesCmykByName) {
  const std::string message =
      tests::message_of<ImageError>([] { read_image(reference("cmyk.jpg")); });
  EXPECT_NE(message.find("cmyk.jpg"), std::string::npos) << message;
  EXPECT_NE(message.find("found 4"), std::string::npos) << message;
}

TEST(ReadImage, GoesByContentAndNotBySuffix) {
  const tests::TemporaryFolder folder;
  const fs::path file = folder.write("jpeg.png", bytes_of(reference("rgb_444.jpg")));
  EXPECT_EQ(read_image(file).info.format, ImageFormat::kJpeg);
}

TEST(ReadImage, NamesFilesThatAreNoImages) {
  const tests::TemporaryFolder folder;
  const auto message = [](const fs::path& file) {
    return tests::message_of<ImageError>([&] { read_image(file); });
  };
  EXPECT_NE(message(folder.path() / "none.png").find("none.png: file not found"),
            std::string::npos);
  EXPECT_NE(message(folder.path()).find("this is a folder"), std::string::npos);
  EXPECT_NE(message(folder.write("empty.png", "")).find("found 0 bytes"), std::string::npos);
  EXPECT_NE(message(folder.write("text.png", "hello")).find("begin with 68 65 6c 6c"),
            std::string::npos);
}

// A file cut anywhere is an error: libjpeg by itself would fill the rest with gray.
TEST(ReadImage, RefusesEveryTruncation) {
  for (const char* name : {"rgb8.png", "palette.png", "gray16.png", "rgb_420.jpg",
                           "rgb_progressive.jpg", "gray.jpg"}) {
    const std::string whole = bytes_of(reference(name));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_THROW(decode_image(whole.substr(0, size), name, kEverything), ImageError)
          << name << " cut to " << size << " of " << whole.size() << " bytes";
    }
  }
}

// Damage is an error or another image of the shape it says, never a crash (see the sanitizer
// build).
TEST(ReadImage, SurvivesDamageAnywhere) {
  randomness::Stream stream(1, "test/damage");
  const ReadOptions small{
      .alpha = AlphaPolicy::kDrop, .sixteen_bit = SixteenBitPolicy::kRound, .max_pixels = 1 << 20};
  int refused = 0;
  for (const char* name :
       {"rgb8.png", "palette.png", "rgb16.png", "rgb_420.jpg", "rgb_progressive.jpg", "cmyk.jpg"}) {
    const std::string whole = bytes_of(reference(name));
    for (int trial = 0; trial < 400; ++trial) {
      std::string damaged = whole;
      for (std::uint64_t flips = 1 + stream.below(4); flips > 0; --flips) {
        damaged[stream.below(damaged.size())] = static_cast<char>(stream.below(256));
      }
      try {
        const Image image = decode_image(damaged, name, small).image;
        EXPECT_EQ(image.samples.size(),
                  static_cast<std::size_t>(image.channels) * image.plane_size());
      } catch (const ImageError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 1000);
}

TEST(ReadImage, RefusesAnAbsurdSizeBeforeItAllocates) {
  std::string bytes = bytes_of(reference("gray8.png"));
  // IHDR's width, and the checksum (Python's zlib.crc32) of a header of 2147483647 x 13 pixels.
  bytes.replace(16, 4, std::string("\x7f\xff\xff\xff", 4));
  bytes.replace(29, 4, std::string("\xf2\x9f\xac\x7a", 4));
  const std::string message =
      tests::message_of<ImageError>([&] { decode_image(bytes, "huge.png"); });
  EXPECT_NE(message.find("huge.png: expected at most 134217728 pixels"), std::string::npos)
      << message;
  EXPECT_NE(message.find("2147483647x13"), std::string::npos) << message;

  const ReadOptions ten_pixels{.max_pixels = 10};
  for (const char* name : {"gray8.png", "gray.jpg"}) {
    const std::string too_large =
        tests::message_of<ImageError>([&] { read_image(reference(name), ten_pixels); });
    EXPECT_NE(too_large.find("at most 10 pixels"), std::string::npos) << too_large;
  }
}

TEST(WritePng, ReadsBackAsTheSameImage) {
  const tests::TemporaryFolder folder;
  for (const int channels : {1, 3}) {
    const Image image = embedded_scene(5, 1, 31, 47, channels);
    const fs::path file = folder.path() / "image.png";
    write_png(file, image);
    const ReadImage read = read_image(file);
    EXPECT_EQ(read.image, image);
    EXPECT_EQ(read.info.channels, channels);
    EXPECT_EQ(bytes_of(file), encode_png(image));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
  }
}

TEST(WritePng, NamesAFileThatCannotBeWritten) {
  const tests::TemporaryFolder folder;
  const std::string message = tests::message_of<ImageError>(
      [&] { write_png(folder.path() / "no" / "such.png", black_image(1, 2, 2)); });
  EXPECT_NE(message.find("such.png"), std::string::npos) << message;
}

TEST(WritePng, RefusesAnImageThatLacksSamples) {
  EXPECT_THROW(encode_png(Image{1, 2, 2, {1, 2, 3}}), ImageError);
}

}  // namespace
}  // namespace bench::datasets
