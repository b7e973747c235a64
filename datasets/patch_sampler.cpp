#include "datasets/patch_sampler.h"

#include <algorithm>
#include <stdexcept>

namespace bench::datasets {
namespace {

using randomness::Stream;

[[noreturn]] void refuse(const PatchOptions& options, const std::string& reason) {
  throw std::invalid_argument("patch sampler \"" + options.purpose + "\": " + reason);
}

bool is_in(Subset subset, std::size_t position) {
  return subset == Subset::kAll || (position % 2 == 0) == (subset == Subset::kEven);
}

void require_usable(const Example& example, const PatchOptions& options, int channels) {
  const std::string name = "example \"" + example.name + "\"";
  if (!example.target) refuse(options, "expected a clean image in " + name + ", found none");
  const Image& target = *example.target;
  require_whole(target, name);
  if (target.channels != channels) {
    refuse(options, "expected images of " + std::to_string(channels) +
                        " channels like the first, found " + shape_text(target) + " in " + name);
  }
  if (target.height < options.patch_size || target.width < options.patch_size) {
    refuse(options, "expected images of at least " + std::to_string(options.patch_size) +
                        " pixels a side, found " + shape_text(target) + " in " + name +
                        ". Choose a smaller patch_size.");
  }
  if (options.degradation.kind != DegradationKind::kPaired) return;
  if (!example.degraded || example.degraded->samples.size() != target.samples.size() ||
      example.degraded->width != target.width) {
    refuse(options, "expected a degraded image of the clean one's shape in " + name +
                        ": the degradation is \"paired\"");
  }
}

int draw_mode(Stream& stream, Augmentation augmentation) {
  switch (augmentation) {
    case Augmentation::kNone:
      return 0;
    case Augmentation::kAll:
      return static_cast<int>(stream.below(kAugmentationModes));
    case Augmentation::kAsReleased:
      return 1 + static_cast<int>(stream.below(kAugmentationModes - 1));
  }
  return 0;
}

struct PatchPlace {
  std::size_t offset;  // of its top left sample in a plane
  int mode;
};

void copy_patch(const Image& image, const PatchPlace& place, int side,
                std::span<float> destination) {
  const std::size_t patch_plane = destination.size() / static_cast<std::size_t>(image.channels);
  for (int channel = 0; channel < image.channels; ++channel) {
    const auto plane = static_cast<std::size_t>(channel);
    copy_augmented(image.samples.data() + plane * image.plane_size() + place.offset, image.width,
                   side, place.mode, destination.data() + plane * patch_plane);
  }
}

}  // namespace

PatchSampler::PatchSampler(std::shared_ptr<const std::vector<Example>> examples,
                           const PatchOptions& options)
    : examples_(std::move(examples)), options_(options) {
  if (options_.patch_size < 1 || options_.batch_size < 1) {
    refuse(options_, "expected a positive patch_size and batch_size, found " +
                         std::to_string(options_.patch_size) + " and " +
                         std::to_string(options_.batch_size));
  }
  for (std::size_t i = 0; examples_ && i < examples_->size(); ++i) {
    if (!is_in(options_.subset, i)) continue;
    const Example& example = (*examples_)[i];
    if (drawn_from_.empty() && example.target) channels_ = example.target->channels;
    require_usable(example, options_, channels_);
    drawn_from_.push_back(i);
  }
  if (drawn_from_.empty()) refuse(options_, "expected at least one example in the subset");
}

std::size_t PatchSampler::batch_values() const {
  const auto side = static_cast<std::size_t>(options_.patch_size);
  return static_cast<std::size_t>(options_.batch_size) * static_cast<std::size_t>(channels_) *
         side * side;
}

void PatchSampler::sample(std::int64_t step, std::span<float> degraded,
                          std::span<float> target) const {
  if (degraded.size() != batch_values() || target.size() != batch_values()) {
    refuse(options_, "expected two spans of " + std::to_string(batch_values()) + " values, found " +
                         std::to_string(degraded.size()) + " and " + std::to_string(target.size()));
  }
  const std::string suffix = options_.purpose + "/" + std::to_string(step);
  Stream places(options_.seed, "patches/" + suffix);
  Stream modes(options_.seed, "augmentation/" + suffix);
  const std::size_t values = batch_values() / static_cast<std::size_t>(options_.batch_size);
  const int side = options_.patch_size;
  for (std::size_t start = 0; start < batch_values(); start += values) {
    const Example& example = (*examples_)[drawn_from_[places.below(drawn_from_.size())]];
    const Image& clean = *example.target;
    const auto top = places.below(static_cast<std::uint64_t>(clean.height - side + 1));
    const auto left = places.below(static_cast<std::uint64_t>(clean.width - side + 1));
    const PatchPlace place{static_cast<std::size_t>(top) * static_cast<std::size_t>(clean.width) +
                               static_cast<std::size_t>(left),
                           draw_mode(modes, options_.augmentation)};
    copy_patch(clean, place, side, target.subspan(start, values));
    if (options_.degradation.kind == DegradationKind::kPaired) {
      copy_patch(*example.degraded, place, side, degraded.subspan(start, values));
    }
  }
  if (options_.degradation.kind == DegradationKind::kPaired) return;
  std::copy(target.begin(), target.end(), degraded.begin());
  Stream noise(options_.seed, "noise/" + suffix);
  degrade_in_place(degraded, options_.degradation, noise);
}

}  // namespace bench::datasets
