// The layout is that of _legacy_save and _legacy_load in PyTorch's torch/serialization.py. Before
// PyTorch 1.6 it was the only one; `_use_new_zipfile_serialization=False` still writes it.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "baselines/weights/pickle_machine.h"
#include "baselines/weights/pth_content.h"
#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

using namespace std::string_view_literals;

// The pickles of torch.serialization.MAGIC_NUMBER and PROTOCOL_VERSION (1001).
constexpr auto kMagic = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv;
constexpr auto kVersion = "\x80\x02M\xe9\x03."sv;
constexpr std::size_t kCountBytes = 8;

bool starts_with(std::span<const std::byte> bytes, std::string_view text) {
  return bytes.size() >= text.size() &&
         std::equal(text.begin(), text.end(), bytes.begin(), [](char letter, std::byte byte) {
           return static_cast<unsigned char>(letter) == static_cast<unsigned char>(byte);
         });
}

/// Hands out the parts of a file, first to last.
class Parts {
 public:
  Parts(const std::string& where, std::span<const std::byte> file) : where_(where), rest_(file) {}

  std::span<const std::byte> rest() const { return rest_; }
  std::span<const std::byte> take(std::uint64_t bytes) {
    if (bytes > rest_.size()) fail("the file ends in the middle of a storage; was it cut short?");
    const auto part = rest_.first(bytes);
    rest_ = rest_.subspan(bytes);
    return part;
  }
  std::uint64_t take_count() {
    std::uint64_t count = 0;
    std::size_t shift = 0;
    for (const auto byte : take(kCountBytes)) {
      count |= static_cast<std::uint64_t>(byte) << shift;
      shift += 8;
    }
    return count;
  }
  [[noreturn]] void fail(const std::string& found) const {
    throw WeightsError(where_ + ": " + found);
  }

 private:
  const std::string& where_;
  std::span<const std::byte> rest_;
};

/// {"protocol_version": 1001, "little_endian": True, "type_sizes": {...}}
void take_machine_facts(const std::string& where, Parts& parts) {
  PickleMachine machine(where, parts.rest());
  const auto* facts = std::get_if<PickleDict>(&machine.run()->content);
  if (facts == nullptr) parts.fail("expected facts of the machine that wrote it, found none");
  for (const auto& [key, value] : facts->items) {
    const auto* name = std::get_if<std::string>(&key->content);
    const auto* truth = std::get_if<bool>(&value->content);
    if (name != nullptr && *name == "little_endian" && truth != nullptr && *truth) {
      parts.take(machine.position());
      return;
    }
  }
  parts.fail("expected a file of a little-endian machine");
}

std::vector<std::string> take_storage_keys(const std::string& where, Parts& parts) {
  PickleMachine machine(where, parts.rest());
  const auto* list = std::get_if<PickleList>(&machine.run()->content);
  if (list == nullptr) parts.fail("expected a list of storage keys behind the tensors");
  std::vector<std::string> keys;
  for (const auto* item : list->items) {
    const auto* key = std::get_if<std::string>(&item->content);
    if (key == nullptr) parts.fail("a storage key is " + kind_of(*item) + "; expected a text");
    keys.push_back(*key);
  }
  parts.take(machine.position());
  return keys;
}

}  // namespace

bool is_legacy_pth(std::span<const std::byte> file) {
  return starts_with(file, kMagic);
}

PthContent legacy_pth_content(const std::string& where, std::span<const std::byte> file,
                              const DictionaryChoice& choice) {
  Parts parts(where, file);
  parts.take(kMagic.size());
  if (!starts_with(parts.rest(), kVersion)) {
    parts.fail("expected version 1001 of PyTorch's format of before 1.6, found another");
  }
  parts.take(kVersion.size());
  take_machine_facts(where, parts);
  PthContent content;
  content.checkpoint = read_tensor_pickle(where, parts.rest(), choice);
  // A storage does not say its type: whatever names it in the pickle does.
  const auto& widths = content.checkpoint.element_bytes;
  parts.take(content.checkpoint.bytes);
  for (const auto& key : take_storage_keys(where, parts)) {
    const auto width = widths.find(key);
    if (width == widths.end()) parts.fail("storage \"" + key + "\" belongs to no tensor");
    const auto elements = parts.take_count();
    if (elements > parts.rest().size() / width->second) {
      parts.fail("storage \"" + key + "\" is said to hold " + std::to_string(elements) +
                 " elements, more than follow; was the file cut short?");
    }
    if (!content.storages.emplace(key, parts.take(elements * width->second)).second) {
      parts.fail("storage \"" + key + "\" is there twice");
    }
  }
  if (!parts.rest().empty()) {
    parts.fail(std::to_string(parts.rest().size()) + " bytes at the end belong to no tensor");
  }
  return content;
}

}  // namespace bench::weights
