#include "datasets/image_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/files/write_file.h"
#include "datasets/exif.h"
#include "datasets/jpeg.h"
#include "datasets/png.h"

namespace bench::datasets {
namespace {

// JPEG's and PNG's compression rarely passes 1 : 1000; a larger file is not an image for us.
constexpr std::uintmax_t kMostFileBytes = std::uintmax_t{1} << 31;

std::string bytes_of_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (error || !std::filesystem::exists(status)) {
    throw ImageError(file.string() + ": file not found. Pass an image file");
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw ImageError(file.string() + ": this is a folder or device. Pass an image file");
  }
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream) {
    throw ImageError(file.string() + ": cannot open the file for reading: " + std::strerror(errno));
  }
  if (size > kMostFileBytes) {
    throw ImageError(file.string() + ": expected at most 2 GiB, found " + std::to_string(size) +
                     " bytes");
  }
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (static_cast<std::uintmax_t>(stream.gcount()) != size) {
    throw ImageError(file.string() + ": reading failed after " + std::to_string(stream.gcount()) +
                     " of " + std::to_string(size) + " bytes");
  }
  return bytes;
}

[[noreturn]] void refuse_format(std::string_view bytes, std::string_view name) {
  if (bytes.empty()) {
    throw ImageError(std::string(name) + ": expected a PNG or JPEG file, found 0 bytes");
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string start;
  for (const char letter : bytes.substr(0, 4)) {
    const auto byte = static_cast<unsigned char>(letter);
    start += {' ', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  throw ImageError(std::string(name) + ": expected a PNG or JPEG file, found " +
                   std::to_string(bytes.size()) + " bytes that begin with" + start);
}

ImageInfo inspect_bytes(std::string_view bytes, std::string_view name) {
  if (is_png(bytes)) return inspect_png(bytes, name);
  if (is_jpeg(bytes)) return inspect_jpeg(bytes, name);
  refuse_format(bytes, name);
}

void require_allowed(const ImageInfo& info, std::string_view name, const ReadOptions& options) {
  if (info.alpha && options.alpha == AlphaPolicy::kRefuse) {
    throw ImageError(std::string(name) + ": expected an image without transparency, found " +
                     to_string(info) + ". Remove the alpha channel or pass --drop-alpha.");
  }
  if (info.bit_depth == 16 && options.sixteen_bit == SixteenBitPolicy::kRefuse) {
    throw ImageError(std::string(name) + ": expected 8 bits per sample, found " + to_string(info) +
                     ". Convert it or pass --round-16-bit.");
  }
}

Image planes_of(const ImageInfo& info, const std::vector<std::uint8_t>& pixels) {
  const bool swapped = swaps_sides(info.orientation);
  Image image = black_image(info.channels, swapped ? info.width : info.height,
                            swapped ? info.height : info.width);
  const auto channels = static_cast<std::size_t>(info.channels);
  const std::size_t plane = image.plane_size();
  for (std::size_t channel = 0; channel < channels; ++channel) {
    std::uint8_t* destination = image.samples.data() + channel * plane;
    const std::uint8_t* source = pixels.data() + channel;
    for (std::size_t i = 0; i < plane; ++i) destination[i] = source[i * channels];
  }
  return info.orientation == 1 ? image : upright(image, info.orientation);
}

void round_to_8_bits(std::vector<std::uint8_t>& bytes) {
  const std::size_t count = bytes.size() / 2;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t value = 256U * bytes[2 * i] + bytes[2 * i + 1];
    bytes[i] = static_cast<std::uint8_t>((value * 255U + 32767U) / 65535U);
  }
  bytes.resize(count);
}

}  // namespace

std::string to_string(const ImageInfo& info) {
  std::string text = info.format == ImageFormat::kPng ? "PNG, " : "JPEG, ";
  text += std::to_string(info.width) + "x" + std::to_string(info.height) + " (width x height), " +
          std::to_string(info.bit_depth) + "-bit " + (info.channels == 1 ? "gray" : "RGB");
  if (info.palette) text += " palette";
  if (info.alpha) text += " with alpha";
  if (info.orientation != 1) {
    text += ", turned by EXIF orientation " + std::to_string(info.orientation);
  }
  return text;
}

void require_size_within(const ImageInfo& info, std::string_view name, std::int64_t max_pixels) {
  if (info.height > 0 && info.width > 0 && info.height <= max_pixels / info.width) return;
  throw ImageError(std::string(name) + ": expected at most " + std::to_string(max_pixels) +
                   " pixels, found a header with " + to_string(info));
}

ReadImage decode_image(std::string_view bytes, std::string_view name, const ReadOptions& options) {
  const ImageInfo info = inspect_bytes(bytes, name);
  require_allowed(info, name, options);
  if (info.format == ImageFormat::kJpeg) {
    const JpegSamples samples = decode_jpeg(bytes, name, options.max_pixels);
    return {planes_of(samples.info, samples.bytes), samples.info};
  }
  PngSamples samples = decode_png(bytes, name, options.max_pixels);
  if (info.bit_depth == 16) round_to_8_bits(samples.bytes);
  return {planes_of(samples.info, samples.bytes), samples.info};
}

ReadImage read_image(const std::filesystem::path& file, const ReadOptions& options) {
  return decode_image(bytes_of_file(file), file.string(), options);
}

ImageInfo inspect_image(const std::filesystem::path& file) {
  return inspect_bytes(bytes_of_file(file), file.string());
}

void write_png(const std::filesystem::path& file, const Image& image) {
  try {
    files::write_file(file, encode_png(image));
  } catch (const files::FileError& error) {
    throw ImageError(error.what());
  }
}

}  // namespace bench::datasets
