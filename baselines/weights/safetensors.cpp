#include "baselines/weights/safetensors.h"

#include <algorithm>
#include <array>

#include "baselines/weights/file_bytes.h"
#include "baselines/weights/safetensors_header.h"
#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

constexpr std::size_t kLengthBytes = 8;
// The limit of the format's own reader: a longer header is an attack, not a network.
constexpr std::uint64_t kLongestHeader = 100'000'000;

std::uint64_t header_length(const std::string& where, std::span<const std::byte> content) {
  if (content.size() < kLengthBytes) {
    throw WeightsError(where + ": expected the 8 bytes of a safetensors header length, found " +
                       std::to_string(content.size()) + " bytes in all");
  }
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length |= static_cast<std::uint64_t>(content[i]) << (8 * i);
  }
  if (length > kLongestHeader || length > content.size() - kLengthBytes) {
    throw WeightsError(
        where + ": the header claims " + std::to_string(length) + " bytes, " +
        std::to_string(content.size() - kLengthBytes) +
        " follow; this is neither a safetensors nor a .pth file, or it was cut short");
  }
  return length;
}

std::array<std::byte, kLengthBytes> little_endian(std::uint64_t value) {
  std::array<std::byte, kLengthBytes> bytes{};
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    bytes[i] = static_cast<std::byte>(value >> (8 * i));
  return bytes;
}

}  // namespace

SafetensorsFile SafetensorsFile::open(const std::filesystem::path& file) {
  return from_bytes(file, read_file_bytes(file));
}

SafetensorsFile SafetensorsFile::from_bytes(const std::filesystem::path& file,
                                            std::vector<std::byte> content_of_file) {
  SafetensorsFile opened;
  opened.file_ = file;
  opened.content_ = std::move(content_of_file);
  const std::span<const std::byte> content(opened.content_);
  const auto length = header_length(file.string(), content);
  const auto text = content.subspan(kLengthBytes, length);
  auto header = parse_safetensors_header(file.string(),
                                         {reinterpret_cast<const char*>(text.data()), text.size()},
                                         content.subspan(kLengthBytes + length));
  opened.tensors_ = std::move(header.tensors);
  opened.metadata_ = std::move(header.metadata);
  return opened;
}

const TensorView& SafetensorsFile::tensor(std::string_view name) const {
  const auto found = std::find_if(tensors_.begin(), tensors_.end(),
                                  [&](const TensorView& tensor) { return tensor.name == name; });
  if (found == tensors_.end()) {
    throw WeightsError(file_.string() + ": has no tensor \"" + std::string(name) + "\"");
  }
  return *found;
}

void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
                       const Metadata& metadata) {
  const auto text = safetensors_header_text(file.string(), tensors, metadata);
  const auto length = little_endian(text.size());
  std::vector<std::span<const std::byte>> pieces{length, std::as_bytes(std::span(text))};
  for (const auto& tensor : tensors) pieces.push_back(tensor.bytes);
  write_file_atomically(file, pieces);
}

}  // namespace bench::weights
