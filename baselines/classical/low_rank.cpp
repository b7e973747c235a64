#include "baselines/classical/low_rank.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace bench::classical {

double SingularValueShrinkage::operator()(double singular_value) const {
  const double noise = columns * sigma * sigma;
  const double numerator = strength * std::sqrt(static_cast<double>(columns)) * sigma * sigma;
  double estimate = std::sqrt(std::max(singular_value * singular_value - noise, 0.0));
  for (int i = 0; i < reweightings && estimate > 0.0; ++i) {
    estimate = std::max(singular_value - numerator / estimate, 0.0);
  }
  return estimate;
}

void shrink_singular_values(std::span<float> matrix, int rows,
                            const SingularValueShrinkage& shrinkage) {
  const auto columns = static_cast<Eigen::Index>(matrix.size()) / rows;
  Eigen::Map<Eigen::MatrixXf> values(matrix.data(), rows, columns);
  // Y = U S V' has Y Y' = U S^2 U', so that U f(S) V' = U (f(S) / S) U' Y, and likewise from the
  // right: the smaller of the two symmetric matrices is decomposed. Its rounding errors lie far
  // below the noise, which is what the shrinkage removes.
  const bool from_left = rows <= columns;
  const Eigen::MatrixXf gram = from_left ? Eigen::MatrixXf(values * values.transpose())
                                         : Eigen::MatrixXf(values.transpose() * values);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> solver(gram);
  const Eigen::VectorXf factors = solver.eigenvalues().unaryExpr([&](float squared) {
    const double singular_value = std::sqrt(std::max(static_cast<double>(squared), 0.0));
    return singular_value > 0.0 ? static_cast<float>(shrinkage(singular_value) / singular_value)
                                : 0.0f;
  });
  // Eigenvalues are in increasing order: those that vanish come first.
  const Eigen::Index kept = (factors.array() > 0.0f).count();
  const auto vectors = solver.eigenvectors().rightCols(kept);
  const Eigen::MatrixXf filter = vectors * factors.tail(kept).asDiagonal() * vectors.transpose();
  values = from_left ? Eigen::MatrixXf(filter * values) : Eigen::MatrixXf(values * filter);
}

}  // namespace bench::classical
