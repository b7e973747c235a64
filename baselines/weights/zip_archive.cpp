#include "baselines/weights/zip_archive.h"

#include <array>
#include <cstdint>

#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

// Layouts: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local), 4.3.12 (directory), 4.3.16 (end).
constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kDirectorySignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kDirectoryBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLongestComment = 0xFFFF;

/// Little-endian numbers out of the archive; every read is within it or throws.
class Reader {
 public:
  Reader(const std::string& where, std::span<const std::byte> bytes)
      : where_(where), bytes_(bytes) {}

  std::span<const std::byte> part(std::uint64_t offset, std::uint64_t length) const {
    if (offset > bytes_.size() || length > bytes_.size() - offset) {
      fail("its zip directory points to bytes outside the file");
    }
    return bytes_.subspan(offset, length);
  }
  std::uint32_t number(std::uint64_t offset, std::size_t width) const {
    std::uint32_t value = 0;
    std::size_t shift = 0;
    for (const auto byte : part(offset, width)) {
      value |= static_cast<std::uint32_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }
  std::string text(std::uint64_t offset, std::uint64_t length) const {
    const auto bytes = part(offset, length);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  std::size_t size() const { return bytes_.size(); }
  [[noreturn]] void fail(const std::string& found) const {
    throw WeightsError(where_ + ": " + found);
  }

 private:
  const std::string& where_;
  std::span<const std::byte> bytes_;
};

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value & 1) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
    }
    table[i] = value;
  }
  return table;
}

std::uint32_t crc32(std::span<const std::byte> bytes) {
  static constexpr auto kTable = crc_table();
  std::uint32_t value = 0xFFFFFFFFU;
  for (const auto byte : bytes) {
    value = kTable[(value ^ static_cast<std::uint32_t>(byte)) & 0xFF] ^ (value >> 8);
  }
  return value ^ 0xFFFFFFFFU;
}

std::size_t end_record(const Reader& archive) {
  if (archive.size() < kEndBytes) archive.fail("too short for a zip archive");
  const auto last = archive.size() - kEndBytes;
  const auto first = last > kLongestComment ? last - kLongestComment : 0;
  for (auto offset = last + 1; offset-- > first;) {
    if (archive.number(offset, 4) == kEndSignature &&
        offset + kEndBytes + archive.number(offset + 20, 2) == archive.size()) {
      return offset;
    }
  }
  archive.fail("has no zip directory at its end, so it was cut short. Get the file again");
}

struct DirectoryEntry {
  std::string name;
  std::uint32_t crc;
  std::uint32_t size;
  std::uint32_t local_offset;
  std::size_t bytes;  ///< of the entry itself
};

DirectoryEntry directory_entry(const Reader& archive, std::uint64_t at) {
  if (archive.number(at, 4) != kDirectorySignature) archive.fail("its zip directory is broken");
  const auto name_bytes = archive.number(at + 28, 2);
  DirectoryEntry entry{.name = archive.text(at + kDirectoryBytes, name_bytes),
                       .crc = archive.number(at + 16, 4),
                       .size = archive.number(at + 24, 4),
                       .local_offset = archive.number(at + 42, 4),
                       .bytes = kDirectoryBytes + name_bytes + archive.number(at + 30, 2) +
                                archive.number(at + 32, 2)};
  const auto quoted = "zip entry \"" + entry.name + "\"";
  if ((archive.number(at + 8, 2) & 1) != 0) archive.fail(quoted + " is encrypted");
  if (archive.number(at + 10, 2) != 0 || archive.number(at + 20, 4) != entry.size) {
    archive.fail(quoted + " is compressed; PyTorch stores without compression");
  }
  if (entry.size == 0xFFFFFFFFU || entry.local_offset == 0xFFFFFFFFU) {
    archive.fail(quoted + " is beyond 4 GiB, which this reader does not take");
  }
  return entry;
}

std::span<const std::byte> stored_bytes(const Reader& archive, const DirectoryEntry& entry) {
  const auto quoted = "zip entry \"" + entry.name + "\"";
  const std::uint64_t local = entry.local_offset;
  if (archive.number(local, 4) != kLocalSignature)
    archive.fail(quoted + " is not where it should be");
  const auto name_bytes = archive.number(local + 26, 2);
  if (archive.text(local + kLocalBytes, name_bytes) != entry.name) {
    archive.fail(quoted + " has another name in its own header");
  }
  const auto data = local + kLocalBytes + name_bytes + archive.number(local + 28, 2);
  const auto bytes = archive.part(data, entry.size);
  if (crc32(bytes) != entry.crc) archive.fail(quoted + " is damaged: its CRC-32 differs");
  return bytes;
}

}  // namespace

std::map<std::string, std::span<const std::byte>> stored_zip_entries(
    const std::string& where, std::span<const std::byte> bytes) {
  const Reader archive(where, bytes);
  const auto end = end_record(archive);
  const auto count = archive.number(end + 10, 2);
  if (archive.number(end + 4, 2) != 0 || archive.number(end + 8, 2) != count || count == 0xFFFF) {
    archive.fail("expected a zip archive in one part with fewer than 65535 entries");
  }
  std::map<std::string, std::span<const std::byte>> entries;
  std::uint64_t at = archive.number(end + 16, 4);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto entry = directory_entry(archive, at);
    if (!entries.emplace(entry.name, stored_bytes(archive, entry)).second) {
      archive.fail("zip entry \"" + entry.name + "\" is there twice");
    }
    at += entry.bytes;
  }
  return entries;
}

}  // namespace bench::weights
