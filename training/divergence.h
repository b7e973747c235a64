#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace bench::training {

/// Training has left the finite numbers: the run has failed and going on would hide it.
class DivergenceError : public std::runtime_error {
 public:
  /// \param term  what was not finite: "degraded", "target", "L_Res", "L_Arch", "L_Comp",
  ///              "gradient", "weights", ...
  DivergenceError(std::int64_t step, std::string term)
      : std::runtime_error("step " + std::to_string(step) + ": " + term +
                           " is not finite (NaN or infinity); lower the learning rate or the "
                           "gradient norm limit, or check the data"),
        step_(step),
        term_(std::move(term)) {}

  std::int64_t step() const { return step_; }
  const std::string& term() const { return term_; }

 private:
  std::int64_t step_;
  std::string term_;
};

}  // namespace bench::training
