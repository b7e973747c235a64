// docs/protocols.md says what the code says: its tables are made here and compared with the file.
// With BENCH_WRITE_DOCUMENTS=1 they are written into it instead.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "metrics/protocol_names.h"
#include "metrics/score.h"
#include "png_image.h"

namespace bench::metrics {
namespace {

const std::filesystem::path kDocument = BENCH_SOURCE_DIR "/docs/protocols.md";

std::string names_table() {
  std::string table = "| name | protocols | source |\n|---|---|---|\n";
  for (const auto& named : named_protocols()) {
    table.append("| `").append(named.name).append("@").append(std::to_string(named.version));
    table.append("` | `").append(named.psnr).append("`");
    if (!named.ssim.empty()) table.append("<br>`").append(named.ssim).append("`");
    table.append(" | ").append(named.source).append(" |\n");
  }
  return table;
}

std::string number(const char* format, double value) {
  char text[32];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

/// "PSNR | SSIM" of one pair of the fixtures.
std::string cells(const NamedProtocols& named, const std::string& restored,
                  const std::string& target) {
  const auto folder = std::filesystem::path(BENCH_SOURCE_DIR) / "tests/reference/metric_fixtures";
  const auto restored_image = read_png(folder / restored), target_image = read_png(folder / target);
  const auto protocols = resolve(named.name);
  std::string row = number("%.4f", score(protocols[0], restored_image.view(), target_image.view()));
  if (protocols.size() == 1) return row + " | --";
  return row + " | " +
         number("%.5f", score(protocols[1], restored_image.view(), target_image.view()));
}

std::string scores_table() {
  std::string table =
      "| name | coffee PSNR, dB | coffee SSIM | camera PSNR, dB | camera SSIM |\n"
      "|---|--:|--:|--:|--:|\n";
  for (const auto& named : named_protocols()) {
    table.append("| `").append(named.name).append("` | ");
    table += cells(named, "rgb_coffee_rain.png", "rgb_coffee_rain_ref.png") + " | ";
    table += cells(named, "gray_camera_192_s30.png", "gray_camera_192_s30_ref.png") + " |\n";
  }
  return table;
}

/// The document with what stands between the two marks of `section` replaced.
std::string with_section(std::string document, const std::string& section,
                         const std::string& table) {
  const auto begin = document.find("\n", document.find("<!-- " + section + ": begin")) + 1;
  const auto end = document.find("<!-- " + section + ": end -->");
  if (begin == 0 || end == std::string::npos) return "no marks for " + section;
  return document.replace(begin, end - begin, table);
}

TEST(ProtocolDocument, HasTheTablesThatTheCodeMakes) {
  std::ostringstream content;
  content << std::ifstream(kDocument).rdbuf();
  const auto made =
      with_section(with_section(content.str(), "names", names_table()), "scores", scores_table());
  const char* write = std::getenv("BENCH_WRITE_DOCUMENTS");
  if (write != nullptr && std::string(write) == "1") {
    std::ofstream(kDocument) << made;
    return;
  }
  EXPECT_EQ(content.str(), made) << "run metrics_test once with BENCH_WRITE_DOCUMENTS=1";
}

}  // namespace
}  // namespace bench::metrics
