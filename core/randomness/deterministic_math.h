#pragma once

namespace bench::randomness {

/// Elementary functions made of correctly rounded operations only (+ - * / and exact scaling), so
/// that generated images and noise are bit-identical on every machine; the C library's differ
/// in the last bit. Absolute error below 1e-15 (sine, cosine), relative below 1e-14 (logarithm).
/// Callers that need the identity must be compiled with -ffp-contract=off.

/// Natural logarithm. \pre x > 0 and finite.
double deterministic_log(double x);

/// Sine and cosine of an angle in radians. \pre |angle| <= 1e4.
double deterministic_sin(double angle);
double deterministic_cos(double angle);

}  // namespace bench::randomness
