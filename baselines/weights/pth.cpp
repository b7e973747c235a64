#include "baselines/weights/pth.h"

#include <cstring>
#include <map>
#include <set>
#include <string>

#include "baselines/weights/file_bytes.h"
#include "baselines/weights/pth_content.h"
#include "baselines/weights/weights_error.h"
#include "baselines/weights/zip_archive.h"

namespace bench::weights {
namespace {

using Entries = std::map<std::string, std::span<const std::byte>>;

// Several tensors may share one storage, as tied weights do; a file that asks for many times its
// own size is an attack on the memory.
constexpr std::uint64_t kMostCopies = 16;

/// The folder within the archive that holds everything: "archive/" of "archive/data.pkl".
std::string archive_folder(const std::string& where, const Entries& entries) {
  const std::string pickle = "data.pkl";
  for (const auto& [name, bytes] : entries) {
    if (name.ends_with("/" + pickle)) return name.substr(0, name.size() - pickle.size());
  }
  throw WeightsError(where + ": the zip archive has no data.pkl, so PyTorch did not write it");
}

/// Index of the last element that the tensor touches, plus one; 0 for an empty tensor.
std::uint64_t elements_needed(const std::string& where, const PickledTensor& tensor) {
  std::uint64_t last = tensor.offset;
  for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
    if (tensor.shape[i] == 0) return 0;
    std::uint64_t step = 0;
    if (__builtin_mul_overflow(static_cast<std::uint64_t>(tensor.shape[i] - 1),
                               static_cast<std::uint64_t>(tensor.strides[i]), &step) ||
        __builtin_add_overflow(last, step, &last)) {
      throw WeightsError(where + ": its shape " + shape_text(tensor.shape) + " overflows");
    }
  }
  return last + 1;
}

/// Copies a strided window in row-major order.
std::vector<std::byte> gathered(const PickledTensor& tensor, std::uint64_t count,
                                std::span<const std::byte> storage) {
  const auto width = byte_size(tensor.type);
  std::vector<std::byte> bytes(count * width);
  std::vector<std::int64_t> index(tensor.shape.size(), 0);
  std::uint64_t source = tensor.offset;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::memcpy(bytes.data() + i * width, storage.data() + source * width, width);
    for (std::size_t axis = index.size(); axis-- > 0;) {
      source += static_cast<std::uint64_t>(tensor.strides[axis]);
      if (++index[axis] < tensor.shape[axis]) break;
      source -= static_cast<std::uint64_t>(tensor.strides[axis] * tensor.shape[axis]);
      index[axis] = 0;
    }
  }
  return bytes;
}

std::vector<std::byte> tensor_bytes(const std::string& where, const PickledTensor& tensor,
                                    std::span<const std::byte> storage) {
  const auto width = byte_size(tensor.type);
  const auto held = storage.size() / width;
  if (tensor.storage_elements != held || storage.size() % width != 0) {
    throw WeightsError(where + ": its storage should hold " +
                       std::to_string(tensor.storage_elements) + " elements, the file has " +
                       std::to_string(storage.size()) + " bytes");
  }
  const auto needed = elements_needed(where, tensor);
  const auto count = element_count(tensor.shape);
  // A stride of 0 could ask for far more memory than the file has; no saved weight does.
  if (!count || needed > held || *count > held) {
    throw WeightsError(where + ": shape " + shape_text(tensor.shape) + " at offset " +
                       std::to_string(tensor.offset) + " does not fit its storage of " +
                       std::to_string(held) + " elements");
  }
  return gathered(tensor, *count, storage);
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void require_little_endian(const std::string& where, const Entries& entries,
                           const std::string& folder) {
  const auto order = entries.find(folder + "byteorder");
  if (order == entries.end()) return;
  const std::string text(text_of(order->second));
  if (text != "little") {
    throw WeightsError(where + ": byte order \"" + text + "\"; expected \"little\"");
  }
}

PthContent content_of(const std::string& where, std::span<const std::byte> file,
                      const DictionaryChoice& choice) {
  return is_legacy_pth(file) ? legacy_pth_content(where, file, choice)
                             : zip_pth_content(where, file, choice);
}

}  // namespace

PthContent zip_pth_content(const std::string& where, std::span<const std::byte> file,
                           const DictionaryChoice& choice) {
  const auto entries = stored_zip_entries(where, file);
  const auto folder = archive_folder(where, entries);
  require_little_endian(where, entries, folder);
  PthContent content;
  content.checkpoint = read_tensor_pickle(where, entries.at(folder + "data.pkl"), choice);
  const std::string data = folder + "data/";
  for (const auto& [name, bytes] : entries) {
    if (name.starts_with(data)) content.storages.emplace(name.substr(data.size()), bytes);
  }
  return content;
}

bool is_pth(std::span<const std::byte> file) {
  return is_legacy_pth(file) || text_of(file).starts_with("PK\x03\x04");
}

PthFile PthFile::open(const std::filesystem::path& file, const DictionaryChoice& choice) {
  return from_bytes(file.string(), read_file_bytes(file), choice);
}

PthFile PthFile::from_bytes(const std::string& where, std::span<const std::byte> file,
                            const DictionaryChoice& choice) {
  const auto content = content_of(where, file, choice);
  PthFile opened;
  opened.taken_ = content.checkpoint.taken;
  opened.dictionaries_ = content.checkpoint.dictionaries;
  opened.passed_over_ = content.checkpoint.passed_over;
  std::set<std::string> names;
  std::uint64_t copied = 0;
  for (const auto& tensor : content.checkpoint.tensors) {
    const auto named = where + ": tensor \"" + tensor.name + "\"";
    if (!names.insert(tensor.name).second) throw WeightsError(named + " is there twice");
    const auto storage = content.storages.find(tensor.storage);
    if (storage == content.storages.end()) throw WeightsError(named + ": its storage is missing");
    opened.contents_.push_back(tensor_bytes(named, tensor, storage->second));
    copied += opened.contents_.back().size();
    if (copied / kMostCopies > file.size()) {
      throw WeightsError(named + ": the tensors so far are " + std::to_string(kMostCopies) +
                         " times as large as the file");
    }
    opened.tensors_.push_back({tensor.name, tensor.type, tensor.shape, opened.contents_.back()});
  }
  return opened;
}

}  // namespace bench::weights
