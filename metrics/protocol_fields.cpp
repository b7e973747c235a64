#include "metrics/protocol_fields.h"

#include <array>
#include <charconv>
#include <system_error>
#include <vector>

#include "metrics/protocol_words.h"
#include "metrics/quoted.h"
#include "metrics/suggestion.h"

namespace bench::metrics {
namespace {

template <const auto& kWords, auto kMember>
std::string word_value(const Protocol& protocol) {
  return std::string(word_of(kWords, protocol.*kMember));
}

[[noreturn]] void reject_word(std::string_view value, std::span<const std::string_view> allowed) {
  std::string message = quoted(value) + " is not one of";
  for (const auto word : allowed) message.append(" ").append(word);
  const auto hint = suggestion(value, allowed);
  throw InvalidProtocol(hint.empty() ? message : message + "; " + hint);
}

template <const auto& kWords, auto kMember>
void assign_word(Protocol& protocol, std::string_view value) {
  std::vector<std::string_view> allowed;
  for (const auto& word : kWords) {
    if (word.text == value) {
      protocol.*kMember = word.value;
      return;
    }
    allowed.push_back(word.text);
  }
  reject_word(value, allowed);
}

template <auto kMember>
std::string number_value(const Protocol& protocol) {
  std::array<char, 32> text{};
  // The shortest digits that read back as the same number.
  const auto end = std::to_chars(text.data(), text.data() + text.size(), protocol.*kMember).ptr;
  return {text.data(), end};
}

template <auto kMember>
void assign_number(Protocol& protocol, std::string_view value) {
  auto number = protocol.*kMember;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) {
    throw InvalidProtocol(quoted(value) + " is not a number of the kind expected");
  }
  protocol.*kMember = number;
}

bool any(Metric) {
  return true;
}
bool psnr_only(Metric metric) {
  return metric == Metric::kPsnr;
}
bool ssim_only(Metric metric) {
  return metric == Metric::kSsim;
}

template <const auto& kWords, auto kMember>
constexpr ProtocolField word_field(std::string_view key, bool (*concerns)(Metric), bool always) {
  return {key, concerns, always, word_value<kWords, kMember>, assign_word<kWords, kMember>};
}

template <auto kMember>
constexpr ProtocolField number_field(std::string_view key, bool (*concerns)(Metric), bool always) {
  return {key, concerns, always, number_value<kMember>, assign_number<kMember>};
}

constexpr bool kAlways = true;
constexpr bool kUnlessDefault = false;

constexpr std::array kFields{
    word_field<kSpaceWords, &Protocol::space>("space", any, kAlways),
    word_field<kRoundingWords, &Protocol::rounding>("round", any, kAlways),
    word_field<kClipWords, &Protocol::clip>("clip", any, kUnlessDefault),
    number_field<&Protocol::multiple>("multiple", any, kUnlessDefault),
    number_field<&Protocol::crop>("crop", any, kAlways),
    number_field<&Protocol::peak>("peak", psnr_only, kUnlessDefault),
    number_field<&Protocol::mse_offset>("mse-offset", psnr_only, kUnlessDefault),
    word_field<kWindowWords, &Protocol::window>("window", ssim_only, kAlways),
    word_field<kPaddingWords, &Protocol::padding>("pad", ssim_only, kAlways),
    word_field<kCovarianceWords, &Protocol::covariance>("cov", ssim_only, kUnlessDefault),
    word_field<kDownsampleWords, &Protocol::wang_downsample>("downsample", ssim_only,
                                                             kUnlessDefault),
    word_field<kAggregationWords, &Protocol::aggregation>("agg", any, kAlways),
    number_field<&Protocol::patch>("patch", any, kUnlessDefault),
    number_field<&Protocol::stride>("stride", any, kUnlessDefault),
    word_field<kEnsembleWords, &Protocol::self_ensemble>("ensemble", any, kUnlessDefault),
    word_field<kNoiseWords, &Protocol::noise>("noise", any, kUnlessDefault)};

}  // namespace

std::span<const ProtocolField> protocol_fields() {
  return kFields;
}

}  // namespace bench::metrics
