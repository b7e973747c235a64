#include "datasets/augmentation.h"

#include <utility>

namespace bench::datasets {

void copy_augmented(const std::uint8_t* source, std::int64_t source_stride, int side, int mode,
                    float* destination) {
  const std::int64_t last = side - 1;
  // Destination (row, column) comes from source origin + row * down + column * right.
  std::int64_t origin = 0;
  std::int64_t down = source_stride;
  std::int64_t right = 1;
  // A quarter turn anticlockwise: out(row, column) = in(column, last - row).
  for (int turn = 0; turn < mode / 2; ++turn) {
    origin += last * right;
    std::swap(down, right);
    down = -down;
  }
  if (mode % 2 == 1) {
    origin += last * down;
    down = -down;
  }
  for (int row = 0; row < side; ++row) {
    const std::uint8_t* start = source + origin + row * down;
    for (int column = 0; column < side; ++column) {
      destination[column] = static_cast<float>(start[column * right]) / 255.0F;
    }
    destination += side;
  }
}

}  // namespace bench::datasets
