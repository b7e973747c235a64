// bm3d_bsd68 FOLDER SIGMA [THREADS]: mean PSNR of BM3D over the PNG images of FOLDER, noise float
// and unclipped (protocol `awgn-float`), estimate not rounded. Published for BSD68: 31.07, 28.57
// and 25.62 dB at sigma 15, 25 and 50.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "baselines/classical/bm3d.h"
#include "core/randomness/stream.h"
#include "tests/baselines/classical/images.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bm3d_bsd68 FOLDER SIGMA [THREADS]\n");
    return 2;
  }
  const double sigma_8bit = std::atof(argv[2]);
  const int threads = argc > 3 ? std::atoi(argv[3]) : 1;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() == ".png") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  double basic_sum = 0.0;
  double final_sum = 0.0;
  for (const auto& file : files) {
    const auto clean = bench::classical::read_png(file);
    bench::randomness::Stream noise(0, file.filename().string());
    const auto estimates = bench::classical::bm3d_estimates(
        bench::classical::with_noise(clean, sigma_8bit, noise), sigma_8bit, {.threads = threads});
    const double final_psnr = bench::classical::psnr_db(estimates.final, clean);
    std::printf("%s %.3f\n", file.filename().c_str(), final_psnr);
    basic_sum += bench::classical::psnr_db(estimates.basic, clean);
    final_sum += final_psnr;
  }
  const auto count = static_cast<double>(files.size());
  std::printf("mean of %zu images, sigma %g: basic %.3f dB, final %.3f dB\n", files.size(),
              sigma_8bit, basic_sum / count, final_sum / count);
}
