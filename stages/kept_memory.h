#pragma once

#include <cstdint>

namespace bench::stages {

/// Bounds the freed memory that a stage keeps while it restores image after image.
///
/// A stage keeps what it frees (stages/main.cpp), since the next image asks for the same blocks.
/// Images of unlike sizes split those blocks, and the heap grows. So: the resident memory after an
/// image that began with an empty heap is what one image needs; once the heap has grown by a
/// quarter over that, all that is free is given back, and the next image begins anew.
class KeptMemory {
 public:
  KeptMemory();

  /// Called between images.
  void after_image();

 private:
  std::int64_t resident_before_;  ///< before the first image
  std::int64_t need_ = 0;         ///< of one image that began with an empty heap; 0: not known yet
};

}  // namespace bench::stages
