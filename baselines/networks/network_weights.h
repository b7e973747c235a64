#pragma once

#include <torch/nn/module.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/networks/networks.h"
#include "baselines/weights/tensor_view.h"
#include "training/network.h"

namespace bench::baselines {

/// Writes `tensors` into the parameters and buffers of `module`, converted to their type.
/// The counters of batch normalization ("num_batches_tracked") may be absent.
/// \param where  named in errors: the file
/// \throws weights::WeightsError for missing or extra tensors, other shapes, NaN or infinity.
void load_weights(torch::nn::Module& module, const std::string& where,
                  std::span<const weights::TensorView> tensors);

/// The same tensors under the names of this project's networks. Known besides our own: for DnCNN
/// the layouts "model.0.weight" (KAIR), "conv0.weight" (cszn) and "dncnn.0.weight" (SaoYan); for
/// any method the prefix "module." of data-parallel training.
std::vector<weights::TensorView> in_our_names(std::string_view method,
                                              std::span<const weights::TensorView> tensors);

/// The method's network in the form that the tensors have (gray or RGB; for DnCNN with or without
/// folded batch normalization, with or without a first bias), with these weights, in evaluation
/// mode.
/// \throws as `make_network` and `load_weights`
std::shared_ptr<training::RestorationNetwork> load_network(
    std::string_view method, const std::string& where, std::span<const weights::TensorView> tensors,
    const NetworkOptions& options = {});

}  // namespace bench::baselines
