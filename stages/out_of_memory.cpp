#include "stages/out_of_memory.h"

#include <c10/util/Exception.h>

#include <new>
#include <regex>

#include "core/text/number.h"
#include "stages/memory/estimate.h"
#include "stages/memory/fitting.h"

namespace bench::stages {
namespace {

// The amount after `words`: "tried to allocate 4294967296 bytes" (CPU), "Tried to allocate 20.00
// GiB" and "total capacity of 79.10 GiB" (CUDA).
std::optional<std::int64_t> bytes_after(const std::string& words, const std::string& message) {
  const std::regex amount(words + " ([0-9.]+) (bytes|KiB|MiB|GiB)");
  std::smatch parts;
  if (!std::regex_search(message, parts, amount)) return std::nullopt;
  const std::string unit = parts[2];
  const double factor = unit == "GiB"   ? 0x1p30
                        : unit == "MiB" ? 0x1p20
                        : unit == "KiB" ? 0x1p10
                                        : 1;
  return static_cast<std::int64_t>(std::stod(parts[1]) * factor);
}

std::optional<std::int64_t> bytes_asked_for(const std::string& message) {
  return bytes_after("[Tt]ried to allocate", message);
}

std::string setting_text(std::int64_t batch, std::int64_t patch) {
  return "a batch of " + std::to_string(batch) + " with " + std::to_string(patch) + " x " +
         std::to_string(patch) + " pixels";
}

// Where there is no estimate.
std::string general_advice(const std::string& kind) {
  if (kind == "search" || kind == "train") return "; use a smaller batch or patch";
  if (kind == "restore") return "; use smaller tiles (bench restore --tile)";
  return "; free some memory or run fewer stages side by side (bench run --threads 1)";
}

// The estimate may be too low by so much: what is advised should not fail again.
constexpr double kMargin = 0.8;

std::string advice(const exchange::StageRequest& request, std::optional<std::int64_t> bytes_at_hand,
                   std::int64_t data_bytes) {
  const auto needed = memory::estimated_bytes(request.kind, request.settings_json, data_bytes);
  if (!needed || !bytes_at_hand) return general_advice(request.kind);
  const std::string by_estimate = "; this " +
                                  (request.kind == "train" ? "training" : request.kind) +
                                  " needs about " + text::bytes(*needed);
  const auto smaller =
      memory::fitting(request.kind, request.settings_json, data_bytes,
                      static_cast<std::int64_t>(kMargin * static_cast<double>(*bytes_at_hand)));
  if (!smaller)
    return by_estimate + ", and no smaller batch or patch would fit. Use a narrower network";
  return by_estimate + "; " + setting_text(smaller->batch, smaller->patch) + " (about " +
         text::bytes(smaller->estimated_bytes) + ") would fit";
}

}  // namespace

std::optional<MemoryShortage> memory_shortage(const std::exception& error) {
  const std::string message = error.what();
  const auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr) {
    return MemoryShortage{bytes_asked_for(message), true,
                          bytes_after("total capacity of", message)};
  }
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return MemoryShortage{};
  // oneDNN has no type of its own for it: "could not create a memory object", "out of memory".
  if (says("DefaultCPUAllocator") || says("can't allocate memory") || says("out_of_memory") ||
      says("could not create a memory object")) {
    return MemoryShortage{bytes_asked_for(message)};
  }
  return std::nullopt;
}

std::string shortage_text(const MemoryShortage& shortage, const exchange::StageRequest& request,
                          std::optional<std::int64_t> bytes_at_hand, std::int64_t data_bytes) {
  std::string text = shortage.on_gpu ? "out of GPU memory" : "out of memory";
  text += shortage.bytes ? ": needed " + text::bytes(*shortage.bytes) + " more"
                         : ": the size of the request is unknown";
  if (bytes_at_hand) text += ", " + text::bytes(*bytes_at_hand) + " available";
  return text + advice(request, bytes_at_hand, data_bytes);
}

}  // namespace bench::stages
