#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "metrics/image_view.h"

namespace bench::metrics {

class ShapeMismatch : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// An image is smaller than the window or the crop asked for.
class ImageTooSmall : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// "[C, H, W] with N samples", for messages.
template <typename Sample>
std::string shape_of(const ImageView<Sample>& image);

/// Requires an image with all its samples.
/// \param user  named in the message, so that it can be read without a stack trace.
/// \throws ShapeMismatch
template <typename Sample>
void require_whole(std::string_view user, const ImageView<Sample>& image);

/// Requires two images of one shape, each with all its samples.
/// \param metric  named in the message.
/// \throws ShapeMismatch
template <typename Sample>
void require_image_pair(std::string_view metric, const ImageView<Sample>& restored,
                        const ImageView<Sample>& target);

}  // namespace bench::metrics
