#pragma once

#include <span>

namespace bench::classical {

/// What a singular value becomes under the weighted nuclear norm (Gu et al., CVPR 2014).
struct SingularValueShrinkage {
  double sigma;     ///< deviation of the noise in the matrix
  int columns;      ///< of the matrix: noise adds columns * sigma^2 to each squared singular value
  double strength;  ///< c of the paper; published 2 sqrt(2)
  int reweightings = 3;

  /// Starting from the estimate t = sqrt(max(s^2 - columns sigma^2, 0)) of the clean singular
  /// value, `reweightings` times t = max(s - c sqrt(columns) sigma^2 / t, 0): what is large is
  /// kept. \returns a value in [0, s]; 0 where t is.
  double operator()(double singular_value) const;
};

/// Replaces a matrix by the one with shrunk singular values and the same singular vectors.
/// \param matrix  `rows` values of the first column, then those of the next.
void shrink_singular_values(std::span<float> matrix, int rows,
                            const SingularValueShrinkage& shrinkage);

}  // namespace bench::classical
