#include "datasets/jpeg.h"

#include <cstdio>

// jpeglib.h uses FILE and size_t without including what declares them.
#include <jerror.h>
#include <jpeglib.h>

#include <array>
#include <csetjmp>
#include <string>
#include <utility>

#include "datasets/exif.h"

namespace bench::datasets {
namespace {

// A hostile progressive file can hold very many scans of a large image.
constexpr int kMostScans = 500;
constexpr int kExifMarker = JPEG_APP0 + 1;

struct ErrorState {
  jpeg_error_mgr manager;  // first: libjpeg hands back a pointer to it
  jmp_buf jump;
  std::array<char, JMSG_LENGTH_MAX> reason;
  std::array<char, JMSG_LENGTH_MAX> warning;  // the first one that is no error
};

ErrorState& state_of(j_common_ptr jpeg) {
  return *reinterpret_cast<ErrorState*>(jpeg->err);
}

void on_error(j_common_ptr jpeg) {
  ErrorState& state = state_of(jpeg);
  (*jpeg->err->format_message)(jpeg, state.reason.data());
  longjmp(state.jump, 1);
}

// libjpeg goes on after damage and invents the missing pixels: here its warnings are errors. The
// one exception is padding between segments, which some cameras write and which loses nothing.
void on_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  if (jpeg->err->msg_code != JWRN_EXTRANEOUS_DATA) on_error(jpeg);
  ErrorState& state = state_of(jpeg);
  if (state.warning[0] == '\0') (*jpeg->err->format_message)(jpeg, state.warning.data());
}

void on_progress(j_common_ptr jpeg) {
  if (!jpeg->is_decompressor) return;
  if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number <= kMostScans) return;
  std::snprintf(state_of(jpeg).reason.data(), JMSG_LENGTH_MAX, "more than %d scans", kMostScans);
  longjmp(state_of(jpeg).jump, 1);
}

class JpegReader {
 public:
  JpegReader(std::string_view bytes, std::string_view name) : name_(name), size_(bytes.size()) {
    error_.reason[0] = '\0';
    error_.warning[0] = '\0';
    jpeg_.err = jpeg_std_error(&error_.manager);
    error_.manager.error_exit = on_error;
    error_.manager.emit_message = on_message;
    progress_.progress_monitor = on_progress;
    if (!start(bytes)) {
      // The destructor does not run for an object that was never made.
      jpeg_destroy_decompress(&jpeg_);
      fail();
    }
  }

  ~JpegReader() { jpeg_destroy_decompress(&jpeg_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  ImageInfo header() {
    if (!read_header()) fail();
    if (jpeg_.num_components != 1 && jpeg_.num_components != 3) {
      throw ImageError(name_ + ": expected a JPEG of 1 (gray) or 3 (color) components, found " +
                       std::to_string(jpeg_.num_components) + " (CMYK?). Convert it to RGB first.");
    }
    ImageInfo info;
    info.format = ImageFormat::kJpeg;
    info.channels = jpeg_.num_components;
    info.height = static_cast<int>(jpeg_.image_height);
    info.width = static_cast<int>(jpeg_.image_width);
    info.orientation = orientation();
    if (swaps_sides(info.orientation)) std::swap(info.height, info.width);
    info.warning = error_.warning.data();
    return info;
  }

  void pixels(ImageInfo& info, std::vector<std::uint8_t>& bytes) {
    const std::size_t row_bytes =
        std::size_t{jpeg_.image_width} * static_cast<std::size_t>(info.channels);
    bytes.resize(row_bytes * std::size_t{jpeg_.image_height});
    if (!read_rows(bytes.data(), row_bytes)) fail();
    info.warning = error_.warning.data();
  }

 private:
  bool start(std::string_view bytes) {
    if (setjmp(error_.jump) != 0) return false;
    jpeg_create_decompress(&jpeg_);
    jpeg_.progress = &progress_;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(bytes.data()),
                 static_cast<unsigned long>(bytes.size()));
    return true;
  }

  bool read_header() {
    if (setjmp(error_.jump) != 0) return false;
    jpeg_save_markers(&jpeg_, kExifMarker, 0xFFFF);
    jpeg_read_header(&jpeg_, TRUE);
    return true;
  }

  bool read_rows(std::uint8_t* destination, std::size_t row_bytes) {
    if (setjmp(error_.jump) != 0) return false;
    jpeg_.out_color_space = jpeg_.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    // The exact integer transform: the fast and the float one differ between machines.
    jpeg_.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&jpeg_);
    while (jpeg_.output_scanline < jpeg_.output_height) {
      JSAMPROW row = destination + jpeg_.output_scanline * row_bytes;
      jpeg_read_scanlines(&jpeg_, &row, 1);
    }
    jpeg_finish_decompress(&jpeg_);
    return true;
  }

  int orientation() const {
    static constexpr std::string_view kStart("Exif\0\0", 6);
    for (auto marker = jpeg_.marker_list; marker != nullptr; marker = marker->next) {
      const std::string_view block(reinterpret_cast<const char*>(marker->data),
                                   marker->data_length);
      if (marker->marker != kExifMarker || !block.starts_with(kStart)) continue;
      return exif_orientation(block.substr(kStart.size()));
    }
    return 1;
  }

  [[noreturn]] void fail() const {
    throw ImageError(name_ + ": the JPEG file is damaged: " + error_.reason.data() + " (" +
                     std::to_string(size_) + " bytes). Get the file again.");
  }

  std::string name_;
  std::size_t size_;
  ErrorState error_{};
  jpeg_progress_mgr progress_{};
  jpeg_decompress_struct jpeg_{};
};

}  // namespace

bool is_jpeg(std::string_view bytes) {
  return bytes.size() >= 3 && bytes.substr(0, 3) == "\xff\xd8\xff";
}

ImageInfo inspect_jpeg(std::string_view bytes, std::string_view name) {
  return JpegReader(bytes, name).header();
}

JpegSamples decode_jpeg(std::string_view bytes, std::string_view name, std::int64_t max_pixels) {
  JpegReader reader(bytes, name);
  JpegSamples samples;
  samples.info = reader.header();
  require_size_within(samples.info, name, max_pixels);
  reader.pixels(samples.info, samples.bytes);
  return samples;
}

}  // namespace bench::datasets
