#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(std::filesystem::path(BENCH_SOURCE_DIR) / file);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(AddAMethod, ThePageShowsTheFilesThatAreCompiledHere) {
  const auto page = content_of("docs/add_a_method.md");
  for (const char* name : {"smoothing_net.h", "smoothing_net.cpp", "smoothing_net_test.cpp"}) {
    const auto file =
        content_of(std::filesystem::path("tests/baselines/networks/example_method") / name);
    EXPECT_NE(page.find("```cpp\n" + file + "```"), std::string::npos) << name;
  }
}

}  // namespace
