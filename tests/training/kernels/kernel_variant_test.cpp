#include "training/kernels/kernel_variant.h"

#include <gtest/gtest.h>
#include <torch/nn/modules/conv.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cstdlib>
#include <set>
#include <sstream>

#include "core/files/proc_file.h"
#include "training/complexity.h"
#include "training/kernels/convolution_kernels.h"
#include "training/kernels/final_convolution.h"
#include "training/kernels/trained_convolution.h"
#include "training/kernels/training_kernels.h"
#include "training/precision.h"

namespace bench::training {
namespace {

std::string refusal(const char* name, KernelVariant widest) {
  try {
    variant_named(name, widest);
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST(KernelVariant, IsTheWidestUnlessAnotherIsNamed) {
  for (const auto widest : {KernelVariant::kPlain, KernelVariant::kAvx2, KernelVariant::kAvx512}) {
    EXPECT_EQ(variant_named(nullptr, widest), widest);
    EXPECT_EQ(variant_named("plain", widest), KernelVariant::kPlain);
  }
  EXPECT_EQ(variant_named("avx2", KernelVariant::kAvx512), KernelVariant::kAvx2);
  EXPECT_EQ(variant_named("avx512", KernelVariant::kAvx512), KernelVariant::kAvx512);
}

TEST(KernelVariant, ThatIsUnknownOrTooWideIsRefused) {
  EXPECT_NE(refusal("avx", KernelVariant::kAvx512)
                .find("BENCH_KERNELS: expected avx512, avx2 or plain, found \"avx\""),
            std::string::npos);
  EXPECT_NE(refusal("", KernelVariant::kAvx512).find("found \"\""), std::string::npos);
  EXPECT_NE(refusal("avx512", KernelVariant::kAvx2)
                .find("a variant that this processor can execute, at most avx2"),
            std::string::npos);
}

/// What Linux says of the processor; none where it does not.
std::set<std::string> processor_flags() {
  std::istringstream text(files::proc_value("/proc/cpuinfo", "flags"));
  std::set<std::string> found;
  for (std::string flag; text >> flag;) found.insert(flag);
  found.erase("unknown");
  return found;
}

TEST(KernelVariant, TheWidestIsWhatTheProcessorHas) {
  const auto has = processor_flags();
  if (has.empty()) GTEST_SKIP() << "/proc/cpuinfo has no flags";
  const auto expected = has.contains("avx512vl") && has.contains("avx512bw") &&
                                has.contains("avx512dq") && has.contains("avx512cd")
                            ? KernelVariant::kAvx512
                        : has.contains("avx2") && has.contains("fma") ? KernelVariant::kAvx2
                                                                      : KernelVariant::kPlain;
  EXPECT_EQ(widest_variant(), expected);
}

/// The variant of this process, worked out apart: tests run once as they are, and once for each
/// narrower variant (CMakeLists.txt).
KernelVariant expected_here() {
  const char* forced = std::getenv(kKernelsVariable);
  if (forced == nullptr) return widest_variant();
  return *text::value_of<KernelVariant>(forced);
}

TEST(KernelVariant, DecidesWhichKernelsThereAre) {
  const auto variant = expected_here();
  EXPECT_EQ(kernel_variant(), variant);
  EXPECT_EQ(training_kernels<float>() != nullptr, variant == KernelVariant::kAvx512);
  EXPECT_EQ(training_kernels<Bfloat16>() != nullptr, has_bfloat16_kernels());
  EXPECT_TRUE(variant == KernelVariant::kAvx512 || !has_bfloat16_kernels());
  EXPECT_EQ(winograd_kernels().lanes, variant == KernelVariant::kAvx512 ? 16
                                      : variant == KernelVariant::kAvx2 ? 8
                                                                        : 0);
  ASSERT_EQ(block_kernels().empty(), variant == KernelVariant::kPlain);
  const auto widest = block_kernels().empty() ? 0 : block_kernels().front().width;
  EXPECT_EQ(widest, variant == KernelVariant::kAvx512 ? 32
                    : variant == KernelVariant::kAvx2 ? 16
                                                      : 0);
}

TEST(KernelVariant, IsSaidInRecords) {
  const auto name = text::name_of(expected_here());
  EXPECT_EQ(kernels_text(), has_bfloat16_kernels() ? name + " with bf16" : name);
}

torch::Tensor features(std::int64_t channels) {
  return torch::randn({1, channels, 12, 12}).contiguous(torch::MemoryFormat::ChannelsLast);
}

torch::nn::Conv2dImpl layer(std::int64_t channels, bool bias) {
  return torch::nn::Conv2dImpl(
      torch::nn::Conv2dOptions(channels, channels, 3).padding(1).bias(bias));
}

// LibTorch's own convolutions are counted, ours are not among them.
bool is_computed_by_libtorch(const std::function<void()>& work) {
  return convolutions_in(work).convolution_macs > 0;
}

TEST(OwnKernels, ComputeTheConvolutionsOfATrainingWhereThereAreSome) {
  auto convolution = layer(32, /*bias=*/false);
  const auto in = features(32);
  const auto train = [&] { trained_convolution(in, convolution); };
  EXPECT_EQ(is_computed_by_libtorch(train), expected_here() != KernelVariant::kAvx512);
  EXPECT_EQ(
      is_computed_by_libtorch([&] {
        const PrecisionScope scope(Precision::kBfloat16, torch::kCPU);
        train();
      }),
      expected_here() != KernelVariant::kAvx512 || !processor_flags().contains("avx512_bf16"));
}

TEST(OwnKernels, ComputeTheConvolutionsOfAnEvaluationWhereThereAreSome) {
  const auto convolution = std::make_shared<torch::nn::Conv2dImpl>(layer(8, /*bias=*/true));
  for (auto& weight : convolution->parameters()) weight.set_requires_grad(false);
  const FinalConvolution final(convolution);
  torch::NoGradGuard no_graph;
  EXPECT_EQ(final.forward(features(8), {}, true).defined(),
            expected_here() != KernelVariant::kPlain);
}

}  // namespace
}  // namespace bench::training
