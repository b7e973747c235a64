#include "datasets/patch_sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "datasets/dead_leaves.h"

namespace bench::datasets {
namespace {

using Examples = std::vector<Example>;

// Images of one level each, so that a patch tells which one it is from.
std::shared_ptr<const Examples> flat_examples(int count, bool paired) {
  auto examples = std::make_shared<Examples>();
  for (int i = 0; i < count; ++i) {
    Image clean = black_image(1, 12, 20);
    std::fill(clean.samples.begin(), clean.samples.end(), static_cast<std::uint8_t>(10 + i));
    Example example{std::to_string(i), clean, {}};
    if (paired) {
      example.degraded = clean;
      for (auto& sample : example.degraded->samples) sample += 100;
    }
    examples->push_back(example);
  }
  return examples;
}

struct Batch {
  std::vector<float> degraded, target;

  friend bool operator==(const Batch&, const Batch&) = default;
};

Batch batch_of(const PatchSampler& sampler, std::int64_t step) {
  Batch batch{std::vector<float>(sampler.batch_values()),
              std::vector<float>(sampler.batch_values())};
  sampler.sample(step, batch.degraded, batch.target);
  return batch;
}

std::shared_ptr<const Examples> scenes() {
  auto examples = std::make_shared<Examples>();
  for (std::uint64_t i = 0; i < 3; ++i) {
    examples->push_back({std::to_string(i), embedded_scene(1, i, 40, 56, 3), {}});
  }
  return examples;
}

constexpr Degradation kNoise{DegradationKind::kAwgnFloat, 25};

TEST(PatchSampler, IsAFunctionOfTheStepAlone) {
  const PatchOptions options{.patch_size = 16, .batch_size = 4, .degradation = kNoise, .seed = 9};
  const PatchSampler sampler(scenes(), options);
  const Batch third = batch_of(sampler, 3);
  const Batch fourth = batch_of(sampler, 4);
  EXPECT_NE(third, fourth);
  EXPECT_EQ(batch_of(sampler, 3), third);
  EXPECT_EQ(batch_of(PatchSampler(scenes(), options), 4), fourth);
}

TEST(PatchSampler, OfAnotherSeedOrPurposeDrawsOtherBatches) {
  PatchOptions options{.patch_size = 16, .batch_size = 4, .degradation = kNoise, .seed = 9};
  const Batch batch = batch_of(PatchSampler(scenes(), options), 0);
  options.seed = 10;
  EXPECT_NE(batch_of(PatchSampler(scenes(), options), 0), batch);
  options.seed = 9;
  options.purpose = "search/architecture";
  EXPECT_NE(batch_of(PatchSampler(scenes(), options), 0), batch);
}

TEST(PatchSampler, GivesPatchesOfTheImages) {
  const auto examples = scenes();
  const PatchSampler sampler(examples, {.patch_size = 8,
                                        .batch_size = 1,
                                        .augmentation = Augmentation::kNone,
                                        .degradation = kNoise});
  const Batch batch = batch_of(sampler, 5);
  int found = 0;
  for (const Example& example : *examples) {
    const Image& whole = *example.target;
    for (int top = 0; top + 8 <= whole.height; ++top) {
      for (int left = 0; left + 8 <= whole.width; ++left) {
        found += to_float(crop(whole, top, left, 8, 8)).samples == batch.target ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(found, 1);
}

TEST(PatchSampler, AddsNoiseOfTheDeviationAskedFor) {
  const PatchSampler sampler(scenes(), {.patch_size = 32, .batch_size = 8, .degradation = kNoise});
  const Batch batch = batch_of(sampler, 1);
  double squares = 0.0;
  for (std::size_t i = 0; i < batch.target.size(); ++i) {
    squares += std::pow(255.0 * (batch.degraded[i] - batch.target[i]), 2.0);
  }
  // n = 24576: standard error of the deviation 0.45 %; five of them.
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(batch.target.size())), 25.0, 0.6);
}

TEST(PatchSampler, NoiseDoesNotDependOnTheAugmentation) {
  PatchOptions options{.patch_size = 16,
                       .batch_size = 2,
                       .augmentation = Augmentation::kNone,
                       .degradation = kNoise};
  const Batch plain = batch_of(PatchSampler(scenes(), options), 0);
  options.augmentation = Augmentation::kAll;
  const Batch turned = batch_of(PatchSampler(scenes(), options), 0);
  for (std::size_t i = 0; i < plain.target.size(); ++i) {
    ASSERT_NEAR(plain.degraded[i] - plain.target[i], turned.degraded[i] - turned.target[i], 1e-6);
  }
}

TEST(PatchSampler, TurnsBothOfAPairAlike) {
  auto examples = std::make_shared<Examples>();
  const Image clean = embedded_scene(1, 1, 40, 40, 3);
  Image inverse = clean;
  for (auto& sample : inverse.samples) sample = static_cast<std::uint8_t>(255 - sample);
  examples->push_back({"pair", clean, inverse});
  const Batch batch = batch_of(PatchSampler(examples, {.patch_size = 16, .batch_size = 8}), 2);
  for (std::size_t i = 0; i < batch.target.size(); ++i) {
    ASSERT_NEAR(batch.target[i] + batch.degraded[i], 1.0F, 1e-6F);
  }
}

TEST(PatchSampler, HalvesAreDisjointAndComplete) {
  std::map<Subset, std::set<int>> seen;
  for (const Subset subset : {Subset::kEven, Subset::kOdd, Subset::kAll}) {
    const PatchSampler sampler(flat_examples(7, true),
                               {.patch_size = 4, .batch_size = 64, .subset = subset});
    for (const float value : batch_of(sampler, 0).target) {
      seen[subset].insert(static_cast<int>(value * 255.0F + 0.5F) - 10);
    }
  }
  EXPECT_EQ(seen[Subset::kEven], (std::set<int>{0, 2, 4, 6}));
  EXPECT_EQ(seen[Subset::kOdd], (std::set<int>{1, 3, 5}));
  EXPECT_EQ(seen[Subset::kAll].size(), 7U);
}

// A patch as large as the image can only be turned, so it shows its mode.
TEST(PatchSampler, NeverShowsTheIdentityAsReleased) {
  auto examples = std::make_shared<Examples>();
  examples->push_back({"one", embedded_scene(1, 1, 16, 16, 1), {}});
  const std::vector<float> identity = to_float(*examples->front().target).samples;
  for (const Augmentation augmentation : {Augmentation::kAll, Augmentation::kAsReleased}) {
    const PatchSampler sampler(
        examples,
        {.patch_size = 16, .batch_size = 800, .augmentation = augmentation, .degradation = kNoise});
    const Batch batch = batch_of(sampler, 0);
    std::map<std::vector<float>, int> shown;
    for (auto patch = batch.target.begin(); patch != batch.target.end(); patch += 256) {
      ++shown[std::vector<float>(patch, patch + 256)];
    }
    const bool all = augmentation == Augmentation::kAll;
    EXPECT_EQ(shown.size(), all ? 8U : 7U);
    EXPECT_EQ(shown.contains(identity), all);
    // 800 draws of 7 or 8: 100 or 114 expected, deviation 10; five of them.
    for (const auto& [patch, count] : shown) EXPECT_NEAR(count, 107, 57);
  }
}

TEST(PatchSampler, RefusesWhatItCannotDrawFrom) {
  const auto refuses = [](const std::shared_ptr<const Examples>& examples,
                          const PatchOptions& options, const std::string& part) {
    try {
      const PatchSampler sampler(examples, options);
      ADD_FAILURE() << "no exception for " << part;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  };
  refuses(flat_examples(0, true), {.patch_size = 4}, "at least one example");
  refuses(flat_examples(1, true), {.patch_size = 4, .subset = Subset::kOdd},
          "at least one example");
  refuses(flat_examples(1, true), {.patch_size = 13}, "at least 13 pixels");
  refuses(flat_examples(1, false), {.patch_size = 4}, "\"paired\"");
  refuses(flat_examples(1, true), {.patch_size = 0}, "positive patch_size");
  auto mixed = std::make_shared<Examples>(*flat_examples(1, true));
  mixed->push_back({"color", black_image(3, 12, 12), black_image(3, 12, 12)});
  refuses(mixed, {.patch_size = 4}, "1 channels like the first");
}

TEST(PatchSampler, RefusesSpansOfTheWrongSize) {
  const PatchSampler sampler(flat_examples(1, true), {.patch_size = 4, .batch_size = 2});
  std::vector<float> right(32);
  std::vector<float> wrong(31);
  EXPECT_THROW(sampler.sample(0, wrong, right), std::invalid_argument);
  EXPECT_THROW(sampler.sample(0, right, wrong), std::invalid_argument);
}

}  // namespace
}  // namespace bench::datasets
