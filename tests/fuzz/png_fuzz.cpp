// Each chunk of a PNG ends in a checksum, which hardly any mutation would pass: this one puts the
// right ones in before the reader sees them.
#include <array>

#include "tests/fuzz/decoded.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

constexpr std::size_t kSignature = 8;
constexpr std::size_t kBesideData = 12;  // length, type, checksum

std::uint32_t crc32(const std::uint8_t* data, std::size_t size) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (std::size_t i = 0; i < size; ++i) {
    value ^= data[i];
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~value;
}

void correct_checksums(std::uint8_t* data, std::size_t size) {
  std::size_t at = kSignature;
  while (at + kBesideData <= size) {
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | data[at + i];
    if (length > size - at - kBesideData) return;
    const std::uint32_t sum = crc32(data + at + 4, length + 4);
    for (std::size_t i = 0; i < 4; ++i) {
      data[at + 8 + length + i] = static_cast<std::uint8_t>(sum >> (24 - 8 * i));
    }
    at += kBesideData + length;
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned int seed) {
  const std::size_t mutated = LLVMFuzzerMutate(data, size, most);
  if (seed % 8 != 0) correct_checksums(data, mutated);
  return mutated;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bench::fuzz::decode(data, size);
  return 0;
}
