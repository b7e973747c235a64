#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace {

/// Tiny tensors on several threads only wait for each other, for minutes on a busy machine; and
/// bit-identity is promised for one thread count.
class OneThread : public ::testing::Environment {
 public:
  void SetUp() override { at::set_num_threads(1); }
};

[[maybe_unused]] const auto* const registered = ::testing::AddGlobalTestEnvironment(new OneThread);

}  // namespace
