#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "baselines/weights/pickle.h"

namespace bench::weights {

/// What torch.save wrote, before any tensor is copied out: descriptions of tensors, and the bytes
/// of the storages that they are windows into, by the storage's key.
struct PthContent {
  PickledCheckpoint checkpoint;
  std::map<std::string, std::span<const std::byte>> storages;
};

/// Of a zip archive (PyTorch 1.6 and later). \throws WeightsError
PthContent zip_pth_content(const std::string& where, std::span<const std::byte> file,
                           const DictionaryChoice& choice);

/// Whether the bytes begin as torch.save began every file before PyTorch 1.6.
bool is_legacy_pth(std::span<const std::byte> file);

/// Of such a file: five pickles (a magic number, a version, facts of the machine, the object, the
/// keys of its storages), then each storage in the order of the keys, with its number of elements
/// in front. \throws WeightsError naming what is malformed, or a big-endian machine's file.
PthContent legacy_pth_content(const std::string& where, std::span<const std::byte> file,
                              const DictionaryChoice& choice);

}  // namespace bench::weights
