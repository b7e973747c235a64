// wnnm_bsd68 FOLDER SIGMA [THREADS [FIRST [EVERY]]]: PSNR of WNNM and of BM3D on the same noise,
// for every EVERY-th PNG image of FOLDER from number FIRST on; noise float and unclipped
// (protocol `awgn-float`), estimates not rounded. Published for BSD68: 31.37, 28.83 and 25.87 dB at
// sigma 15, 25 and 50.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "baselines/classical/bm3d.h"
#include "baselines/classical/wnnm.h"
#include "core/randomness/stream.h"
#include "tests/baselines/classical/images.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: wnnm_bsd68 FOLDER SIGMA [THREADS [FIRST [EVERY]]]\n");
    return 2;
  }
  const double sigma_8bit = std::atof(argv[2]);
  const int threads = argc > 3 ? std::atoi(argv[3]) : 1;
  const auto first = static_cast<std::size_t>(argc > 4 ? std::atoi(argv[4]) : 0);
  const auto every = static_cast<std::size_t>(argc > 5 ? std::atoi(argv[5]) : 1);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() == ".png") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  double wnnm_sum = 0.0;
  double bm3d_sum = 0.0;
  int count = 0;
  for (std::size_t i = first; i < files.size(); i += every) {
    const auto clean = bench::classical::read_png(files[i]);
    bench::randomness::Stream noise(0, files[i].filename().string());
    const auto noisy = bench::classical::with_noise(clean, sigma_8bit, noise);
    const double bm3d = bench::classical::psnr_db(
        bench::classical::bm3d(noisy, sigma_8bit, {.threads = threads}), clean);
    const auto start = std::chrono::steady_clock::now();
    const auto restored = bench::classical::wnnm(noisy, sigma_8bit, threads);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    const double wnnm = bench::classical::psnr_db(restored, clean);
    std::printf("%s wnnm %.3f bm3d %.3f gain %+.3f dB, %.0f s\n", files[i].filename().c_str(), wnnm,
                bm3d, wnnm - bm3d, elapsed.count());
    std::fflush(stdout);
    wnnm_sum += wnnm;
    bm3d_sum += bm3d;
    ++count;
  }
  std::printf("mean of %d images, sigma %g: wnnm %.3f dB, bm3d %.3f dB\n", count, sigma_8bit,
              wnnm_sum / count, bm3d_sum / count);
}
