#pragma once

#include <torch/types.h>

#include <map>
#include <string>
#include <vector>

namespace bench::training {

struct NamedTensor {
  std::string name;
  torch::Tensor value;
};

/// What must survive a restart, in a form that any container of named tensors can hold.
/// The tensors are copies: they do not change as the run goes on.
struct State {
  std::vector<NamedTensor> tensors;
  std::map<std::string, std::string>
      facts;  ///< short texts: the position, settings that must match
};

}  // namespace bench::training
