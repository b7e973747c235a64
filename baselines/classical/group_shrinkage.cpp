#include "baselines/classical/group_shrinkage.h"

#include <cmath>

#include "baselines/classical/lanes.h"

namespace bench::classical {
namespace {

constexpr float kHardThreshold = 2.7f;  // lambda_3D of the normal profile
constexpr int kLargestGroup = 32;
constexpr int kLargestSpectrum = 144;

/// Walsh-Hadamard transform, not normalized: applied twice it multiplies by N.
template <int N>
[[gnu::always_inline]] inline void walsh_hadamard(Lanes* values) {
  if constexpr (N > 1) {
#pragma GCC unroll 16
    for (int i = 0; i < N / 2; ++i) {
      const Lanes sum = values[i] + values[i + N / 2];
      values[i + N / 2] = values[i] - values[i + N / 2];
      values[i] = sum;
    }
    walsh_hadamard<N / 2>(values);
    walsh_hadamard<N / 2>(values + N / 2);
  }
}

template <int N>
[[gnu::always_inline]] inline void load(const float* spectra, const std::uint32_t* corners,
                                        int coefficients, int first, Lanes* group) {
#pragma GCC unroll 32
  for (int n = 0; n < N; ++n) {
    group[n] = lanes_at(
        spectra + static_cast<std::size_t>(corners[n]) * static_cast<std::size_t>(coefficients) +
        first);
  }
}

[[gnu::always_inline]] inline float sum_of(const Lanes& values) {
  float sum = 0.0f;
  for (int l = 0; l < kLanes; ++l) sum += values[l];
  return sum;
}

/// The filtered spectra of one group, lanes first.
struct GroupBuffer {
  alignas(64) Lanes values[kLargestGroup * kLargestSpectrum / kLanes];
};

template <int N>
[[gnu::always_inline]] inline void add_weighted(const std::uint32_t* corners, int coefficients,
                                                float weight, const GroupBuffer& buffer,
                                                const SpectrumSums& sums) {
  const float scale = weight / N;  // the transform along the group was applied twice
  for (int n = 0; n < N; ++n) {
    float* to = sums.weighted_spectra +
                static_cast<std::size_t>(corners[n]) * static_cast<std::size_t>(coefficients);
    for (int c = 0; c < coefficients / kLanes; ++c) {
      lanes_at(to + c * kLanes) += scale * buffer.values[c * N + n];
    }
    sums.weights[corners[n]] += weight;
  }
}

template <int N>
[[gnu::always_inline]] inline void add_thresholded(const std::uint32_t* corners,
                                                   const float* noisy_spectra, int coefficients,
                                                   float sigma, GroupBuffer& buffer,
                                                   const SpectrumSums& sums) {
  const float threshold = kHardThreshold * sigma * std::sqrt(static_cast<float>(N));
  LaneMask kept = {};
  for (int c = 0; c < coefficients / kLanes; ++c) {
    Lanes* group = buffer.values + c * N;
    Lanes lanes[N];
    load<N>(noisy_spectra, corners, coefficients, c * kLanes, lanes);
    walsh_hadamard<N>(lanes);
    const float group_mean = lanes[0][0];
#pragma GCC unroll 32
    for (int n = 0; n < N; ++n) {
      const LaneMask above = (lanes[n] > threshold) | (lanes[n] < -threshold);
      kept -= above;
      lanes[n] = reinterpret_cast<Lanes>(reinterpret_cast<LaneMask>(lanes[n]) & above);
    }
    if (c == 0) {
      if (lanes[0][0] == 0.0f) kept[0] += 1;
      lanes[0][0] = group_mean;
    }
    walsh_hadamard<N>(lanes);
#pragma GCC unroll 32
    for (int n = 0; n < N; ++n) group[n] = lanes[n];
  }
  int count = 0;
  for (int l = 0; l < kLanes; ++l) count += kept[l];
  const float weight = 1.0f / (sigma * sigma * static_cast<float>(count));
  add_weighted<N>(corners, coefficients, weight, buffer, sums);
}

template <int N>
[[gnu::always_inline]] inline void add_wiener_filtered(const std::uint32_t* corners,
                                                       const float* noisy_spectra,
                                                       const float* basic_spectra, int coefficients,
                                                       float sigma, GroupBuffer& buffer,
                                                       const SpectrumSums& sums) {
  const float noise_energy = sigma * sigma * N;
  Lanes squares = {};
  for (int c = 0; c < coefficients / kLanes; ++c) {
    Lanes* group = buffer.values + c * N;
    Lanes basic[N];
    load<N>(basic_spectra, corners, coefficients, c * kLanes, basic);
    walsh_hadamard<N>(basic);
#pragma GCC unroll 32
    for (int n = 0; n < N; ++n) {
      const Lanes energy = basic[n] * basic[n];
      basic[n] = energy / (energy + noise_energy);
    }
    if (c == 0) basic[0][0] = 1.0f;
    Lanes noisy[N];
    load<N>(noisy_spectra, corners, coefficients, c * kLanes, noisy);
    walsh_hadamard<N>(noisy);
#pragma GCC unroll 32
    for (int n = 0; n < N; ++n) {
      squares += basic[n] * basic[n];
      noisy[n] *= basic[n];
    }
    walsh_hadamard<N>(noisy);
#pragma GCC unroll 32
    for (int n = 0; n < N; ++n) group[n] = noisy[n];
  }
  const float weight = 1.0f / (sigma * sigma * sum_of(squares));
  add_weighted<N>(corners, coefficients, weight, buffer, sums);
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void threshold_all(
    const PatchGroups& groups, const float* noisy, int coefficients, float sigma,
    GroupBuffer& buffer, const SpectrumSums& sums) {
  for (std::size_t g = 0; g < groups.sizes.size(); ++g) {
    const std::uint32_t* corners =
        groups.corners.data() + g * static_cast<std::size_t>(groups.capacity);
    switch (groups.sizes[g]) {
      case 32:
        add_thresholded<32>(corners, noisy, coefficients, sigma, buffer, sums);
        break;
      case 16:
        add_thresholded<16>(corners, noisy, coefficients, sigma, buffer, sums);
        break;
      case 8:
        add_thresholded<8>(corners, noisy, coefficients, sigma, buffer, sums);
        break;
      case 4:
        add_thresholded<4>(corners, noisy, coefficients, sigma, buffer, sums);
        break;
      case 2:
        add_thresholded<2>(corners, noisy, coefficients, sigma, buffer, sums);
        break;
      default:
        add_thresholded<1>(corners, noisy, coefficients, sigma, buffer, sums);
    }
  }
}

[[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]] void wiener_all(
    const PatchGroups& groups, const float* noisy, const float* basic, int coefficients,
    float sigma, GroupBuffer& buffer, const SpectrumSums& sums) {
  for (std::size_t g = 0; g < groups.sizes.size(); ++g) {
    const std::uint32_t* corners =
        groups.corners.data() + g * static_cast<std::size_t>(groups.capacity);
    switch (groups.sizes[g]) {
      case 32:
        add_wiener_filtered<32>(corners, noisy, basic, coefficients, sigma, buffer, sums);
        break;
      case 16:
        add_wiener_filtered<16>(corners, noisy, basic, coefficients, sigma, buffer, sums);
        break;
      case 8:
        add_wiener_filtered<8>(corners, noisy, basic, coefficients, sigma, buffer, sums);
        break;
      case 4:
        add_wiener_filtered<4>(corners, noisy, basic, coefficients, sigma, buffer, sums);
        break;
      case 2:
        add_wiener_filtered<2>(corners, noisy, basic, coefficients, sigma, buffer, sums);
        break;
      default:
        add_wiener_filtered<1>(corners, noisy, basic, coefficients, sigma, buffer, sums);
    }
  }
}

}  // namespace

void add_thresholded_groups(const PatchGroups& groups, const float* noisy_spectra, int coefficients,
                            float sigma, const SpectrumSums& sums) {
  GroupBuffer buffer;
  threshold_all(groups, noisy_spectra, coefficients, sigma, buffer, sums);
}

void add_wiener_filtered_groups(const PatchGroups& groups, const float* noisy_spectra,
                                const float* basic_spectra, int coefficients, float sigma,
                                const SpectrumSums& sums) {
  GroupBuffer buffer;
  wiener_all(groups, noisy_spectra, basic_spectra, coefficients, sigma, buffer, sums);
}

}  // namespace bench::classical
