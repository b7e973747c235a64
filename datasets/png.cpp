#include "datasets/png.h"

#include <png.h>

#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <utility>

#include "datasets/exif.h"

namespace bench::datasets {
namespace {

// libpng reports errors by longjmp. No function between setjmp and the jump may own anything, so
// the functions that call setjmp take references to what their callers own, and the callbacks keep
// their text in an array.
struct Progress {
  const char* data = nullptr;
  std::size_t size = 0;
  std::size_t position = 0;
  std::array<char, 160> reason{};
  std::array<char, 160> warning{};  ///< the first one
};

void on_error(png_structp png, png_const_charp message) {
  auto* progress = static_cast<Progress*>(png_get_error_ptr(png));
  std::snprintf(progress->reason.data(), progress->reason.size(), "%s", message);
  png_longjmp(png, 1);
}

// libpng goes on without a damaged chunk. Without one of these the samples would mean something
// else.
bool concerns_samples(std::string_view warning) {
  return warning.starts_with("tRNS") || warning.starts_with("PLTE") || warning.starts_with("IHDR");
}

void on_warning(png_structp png, png_const_charp message) {
  if (concerns_samples(message)) on_error(png, message);
  auto* progress = static_cast<Progress*>(png_get_error_ptr(png));
  if (progress->warning[0] != '\0') return;
  std::snprintf(progress->warning.data(), progress->warning.size(), "%s", message);
}

void read_bytes(png_structp png, png_bytep destination, png_size_t count) {
  auto* progress = static_cast<Progress*>(png_get_io_ptr(png));
  if (count > progress->size - progress->position) png_error(png, "the file ends too early");
  std::memcpy(destination, progress->data + progress->position, count);
  progress->position += count;
}

class PngReader {
 public:
  PngReader(std::string_view bytes, std::string_view name) : name_(name) {
    progress_.data = bytes.data();
    progress_.size = bytes.size();
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &progress_, on_error, on_warning);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw ImageError(name_ + ": libpng refuses to start (out of memory?)");
    }
    png_set_read_fn(png_, &progress_, read_bytes);
    // Our own limit is on pixels and checked after the header; this one guards texts and profiles.
    png_set_user_limits(png_, 0x7fffffff, 0x7fffffff);
    png_set_chunk_malloc_max(png_, 8U << 20);
    // A wrong checksum is damage, whatever the chunk: the lost one may be what forbids the file.
    png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  }

  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  ImageInfo header() {
    if (!read_header()) fail();
    const int type = png_get_color_type(png_, info_);
    ImageInfo info;
    info.format = ImageFormat::kPng;
    info.palette = type == PNG_COLOR_TYPE_PALETTE;
    info.channels = (type & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
    info.bit_depth = png_get_bit_depth(png_, info_);
    info.alpha =
        (type & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png_, info_, PNG_INFO_tRNS) != 0;
    info.height = static_cast<int>(png_get_image_height(png_, info_));
    info.width = static_cast<int>(png_get_image_width(png_, info_));
    info.orientation = orientation();
    if (swaps_sides(info.orientation)) std::swap(info.height, info.width);
    info.warning = progress_.warning.data();
    return info;
  }

  // After header(): fills `bytes` with all rows.
  void pixels(ImageInfo& info, std::vector<std::uint8_t>& bytes) {
    std::size_t row_bytes = 0;
    if (!prepare_rows(row_bytes)) fail();
    const std::size_t height = png_get_image_height(png_, info_);
    bytes.resize(row_bytes * height);
    std::vector<png_bytep> rows(height);
    for (std::size_t row = 0; row < height; ++row) rows[row] = bytes.data() + row * row_bytes;
    if (!read_rows(rows.data())) fail();
    info.warning = progress_.warning.data();
    if (orientation() != info.orientation) {
      throw ImageError(name_ +
                       ": expected an EXIF orientation in front of the samples, found one " +
                       "behind them. Save the image again.");
    }
  }

 private:
  bool read_header() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_read_info(png_, info_);
    return true;
  }

  bool prepare_rows(std::size_t& row_bytes) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    const int type = png_get_color_type(png_, info_);
    if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png_);
    if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png_, info_) < 8) {
      png_set_expand_gray_1_2_4_to_8(png_);
    }
    if ((type & PNG_COLOR_MASK_ALPHA) != 0) png_set_strip_alpha(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    row_bytes = png_get_rowbytes(png_, info_);
    return true;
  }

  bool read_rows(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_read_image(png_, rows);
    png_read_end(png_, info_);
    return true;
  }

  int orientation() const {
    png_uint_32 size = 0;
    png_bytep exif = nullptr;
    if (png_get_eXIf_1(png_, info_, &size, &exif) == 0) return 1;
    return exif_orientation({reinterpret_cast<const char*>(exif), size});
  }

  [[noreturn]] void fail() const {
    throw ImageError(name_ + ": the PNG file is damaged: " + progress_.reason.data() +
                     " (at byte " + std::to_string(progress_.position) + " of " +
                     std::to_string(progress_.size) + "). Get the file again.");
  }

  std::string name_;
  Progress progress_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

// --- writing ---

struct Output {
  std::string bytes;
  std::array<char, 160> reason{};
  bool out_of_memory = false;
};

void on_write_error(png_structp png, png_const_charp message) {
  auto* output = static_cast<Output*>(png_get_error_ptr(png));
  std::snprintf(output->reason.data(), output->reason.size(), "%s", message);
  png_longjmp(png, 1);
}

// Nothing is written that libpng would not write as it is.
void on_write_warning(png_structp png, png_const_charp message) {
  on_write_error(png, message);
}

void append_bytes(png_structp png, png_bytep source, png_size_t count) {
  auto* output = static_cast<Output*>(png_get_io_ptr(png));
  try {
    output->bytes.append(reinterpret_cast<const char*>(source), count);
    return;
  } catch (const std::bad_alloc&) {
    output->out_of_memory = true;
  }
  png_error(png, "out of memory");
}

bool write_all(png_structp png, png_infop info, const Image& image, png_bytepp rows) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_IHDR(png, info, static_cast<png_uint_32>(image.width),
               static_cast<png_uint_32>(image.height), 8,
               image.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // Stated, because libpng's defaults may change between versions.
  png_set_compression_level(png, 6);
  png_set_filter(png, 0, PNG_ALL_FILTERS);
  png_write_info(png, info);
  png_write_image(png, rows);
  png_write_end(png, nullptr);
  return true;
}

std::vector<std::uint8_t> interleaved(const Image& image) {
  const auto channels = static_cast<std::size_t>(image.channels);
  const std::size_t plane = image.plane_size();
  std::vector<std::uint8_t> pixels(channels * plane);
  for (std::size_t channel = 0; channel < channels; ++channel) {
    for (std::size_t i = 0; i < plane; ++i) {
      pixels[i * channels + channel] = image.samples[channel * plane + i];
    }
  }
  return pixels;
}

}  // namespace

bool is_png(std::string_view bytes) {
  return bytes.size() >= 8 &&
         png_sig_cmp(reinterpret_cast<png_const_bytep>(bytes.data()), 0, 8) == 0;
}

ImageInfo inspect_png(std::string_view bytes, std::string_view name) {
  return PngReader(bytes, name).header();
}

PngSamples decode_png(std::string_view bytes, std::string_view name, std::int64_t max_pixels) {
  PngReader reader(bytes, name);
  PngSamples samples;
  samples.info = reader.header();
  require_size_within(samples.info, name, max_pixels);
  reader.pixels(samples.info, samples.bytes);
  return samples;
}

std::string encode_png(const Image& image) {
  require_whole(image, "encode_png");
  Output output;
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, &output, on_write_error, on_write_warning);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  if (info == nullptr) {
    png_destroy_write_struct(&png, nullptr);
    throw ImageError("encode_png: libpng refuses to start (out of memory?)");
  }
  png_set_write_fn(png, &output, append_bytes, nullptr);
  std::vector<std::uint8_t> pixels = interleaved(image);
  std::vector<png_bytep> rows(static_cast<std::size_t>(image.height));
  const std::size_t row_bytes = pixels.size() / rows.size();
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = pixels.data() + row * row_bytes;
  const bool written = write_all(png, info, image, rows.data());
  png_destroy_write_struct(&png, &info);
  if (!written) {
    throw ImageError("encode_png: an image of " + shape_text(image) +
                     " cannot be written: " + output.reason.data());
  }
  return std::move(output.bytes);
}

}  // namespace bench::datasets
