#include <cmath>
#include <cstdio>

#include "metrics/protocol.h"
#include "metrics/protocol_fields.h"
#include "metrics/protocol_words.h"

namespace bench::metrics {
namespace {

std::string differences(const Protocol& a, const Protocol& b) {
  if (a.metric != b.metric) {
    return "metric " + std::string(word_of(kMetricWords, a.metric)) + " against " +
           std::string(word_of(kMetricWords, b.metric));
  }
  std::string list;
  for (const auto& field : protocol_fields()) {
    const auto of_a = field.value(a), of_b = field.value(b);
    if (of_a == of_b) continue;
    if (!list.empty()) list += "; ";
    list += std::string(field.key) + " " + of_a + " against " + of_b;
  }
  return list;
}

bool is_limited(ColorSpace space) {
  return space == ColorSpace::kLumaLimited || space == ColorSpace::kLumaLimited8Bit;
}

bool is_full(ColorSpace space) {
  return space == ColorSpace::kLumaFull || space == ColorSpace::kLumaFull8Bit ||
         space == ColorSpace::kPilL;
}

bool is_unrounded(ColorSpace space) {
  return space == ColorSpace::kLumaLimited || space == ColorSpace::kLumaFull;
}

std::string decibel(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%+.3f dB", value);
  return text;
}

/// `a` and `b` where all but luma range and peak are equal.
bool alike_but_scale(Protocol a, const Protocol& b) {
  a.space = b.space;
  a.peak = b.peak;
  return a == b;
}

std::string closed_form(const Protocol& a, const Protocol& b) {
  const bool range =
      (is_limited(a.space) && is_full(b.space)) || (is_full(a.space) && is_limited(b.space));
  if (!alike_but_scale(a, b) || (a.space != b.space && !range)) return "";
  const double sign = is_limited(a.space) ? 1.0 : -1.0;
  const std::string rounding =
      is_unrounded(a.space) && is_unrounded(b.space) ? "" : ", but for the rounding of the luma";
  if (a.metric == Metric::kMae && range) {
    return std::string("; on any one RGB pair the first is ") + (sign > 0 ? "219/255" : "255/219") +
           " of the second" + rounding;
  }
  if (a.metric != Metric::kPsnr || a.mse_offset != 0.0) return "";
  double shift = 0.0;
  std::string formula;
  if (range) {
    shift = sign * 20.0 * std::log10(255.0 / 219.0);
    formula = std::string(sign > 0 ? "" : "-") + "20 log10(255/219)";
  }
  if (a.peak != b.peak) {
    shift += 20.0 * std::log10(a.peak / b.peak);
    formula += std::string(formula.empty() ? "" : " + ") + "20 log10(peak / peak)";
  }
  return "; on any one " + std::string(range ? "RGB " : "") + "pair the first is " + formula +
         " = " + decibel(shift) + " above the second" + (range ? rounding : "");
}

[[noreturn]] void throw_mismatch(const Protocol& a, const Protocol& b, const std::string& place) {
  throw ProtocolMismatch("scores under different protocols cannot be compared" + place + ": " +
                         to_string(a) + " and " + to_string(b) + " differ in " + differences(a, b) +
                         closed_form(a, b) + ". Score both under the same protocol");
}

}  // namespace

void require_same_protocol(const Protocol& a, const Protocol& b) {
  if (a != b) throw_mismatch(a, b, "");
}

void require_same_protocol(std::span<const Protocol> protocols) {
  for (std::size_t i = 1; i < protocols.size(); ++i) {
    if (protocols[i] == protocols[0]) continue;
    throw_mismatch(protocols[0], protocols[i],
                   " (the first and number " + std::to_string(i + 1) + " of " +
                       std::to_string(protocols.size()) + ")");
  }
}

}  // namespace bench::metrics
