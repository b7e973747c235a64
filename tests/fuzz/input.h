#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace bench::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline std::span<const std::byte> bytes_of(const std::uint8_t* data, std::size_t size) {
  return std::as_bytes(std::span(data, size));
}

/// Runs a parser: what it refuses by the exception that its header promises is right; any other
/// exception, like a crash, ends the fuzzer.
template <typename Refusal, typename Parse>
void refused_or_read(const Parse& parse) {
  try {
    parse();
  } catch (const Refusal&) {
  }
}

/// For readers of files: this input as the file NAME in a folder of this process's own.
/// \returns the folder
std::filesystem::path folder_with(const char* name, std::string_view content);

}  // namespace bench::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
