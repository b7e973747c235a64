#pragma once

#include "baselines/classical/block_matching.h"

namespace bench::classical {

/// Collaborative filtering of BM3D: a group of patch spectra is transformed along the group
/// (Walsh-Hadamard), shrunk and transformed back; each filtered spectrum is added, weighted, to the
/// sum at its patch's corner. The group's DC coefficient (mean of all pixels) is left as it is.
struct SpectrumSums {
  float* weighted_spectra;  ///< one spectrum a corner, aligned to 64 bytes
  float* weights;           ///< one value a corner
};

/// Step 1: coefficients not above 2.7 sigma (orthonormal scale) become 0; the weight is
/// 1 / (sigma^2 N) with N the number of those left (Dabov et al. 2007, eq. 10).
/// \param coefficients  values of one spectrum, a multiple of kLanes.
void add_thresholded_groups(const PatchGroups& groups, const float* noisy_spectra, int coefficients,
                            float sigma, const SpectrumSums& sums);

/// Step 2: coefficients are multiplied by c = b^2 / (b^2 + sigma^2) with b the basic estimate's
/// (empirical Wiener filter); the weight is 1 / (sigma^2 sum c^2) (eq. 9 and 11 there).
void add_wiener_filtered_groups(const PatchGroups& groups, const float* noisy_spectra,
                                const float* basic_spectra, int coefficients, float sigma,
                                const SpectrumSums& sums);

}  // namespace bench::classical
