#pragma once

#include <cstdlib>

#include "datasets/image_file.h"
#include "tests/fuzz/input.h"

namespace bench::fuzz {

/// Reads an image of a stranger; what is read has the shape that its header says.
inline void decode(const std::uint8_t* data, std::size_t size) {
  using namespace datasets;
  const ReadOptions options{
      .alpha = AlphaPolicy::kDrop, .sixteen_bit = SixteenBitPolicy::kRound, .max_pixels = 1 << 18};
  refused_or_read<ImageError>([&] {
    const auto read = decode_image(text_of(data, size), "file", options);
    if (read.image.height != read.info.height || read.image.width != read.info.width ||
        read.image.samples.size() !=
            static_cast<std::size_t>(read.image.channels) * read.image.plane_size()) {
      std::abort();
    }
  });
}

}  // namespace bench::fuzz
