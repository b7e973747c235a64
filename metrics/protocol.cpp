#include "metrics/protocol.h"

#include <set>
#include <vector>

#include "metrics/protocol_fields.h"
#include "metrics/protocol_words.h"
#include "metrics/quoted.h"
#include "metrics/suggestion.h"

namespace bench::metrics {
namespace {

constexpr std::string_view kForm =
    "expected a form like psnr(space=rgb,round=none,crop=0,agg=image-mean)";

[[noreturn]] void reject(std::string_view text, const std::string& reason) {
  throw InvalidProtocol("protocol " + quoted(text) + ": " + reason);
}

Metric metric_of(std::string_view text, std::string_view word) {
  std::vector<std::string_view> allowed;
  for (const auto& metric : kMetricWords) {
    if (metric.text == word) return metric.value;
    allowed.push_back(metric.text);
  }
  std::string reason = "unknown metric " + quoted(word) + "; known are";
  for (const auto name : allowed) reason.append(" ").append(name);
  const auto hint = suggestion(word, allowed);
  reject(text, hint.empty() ? reason : reason + "; " + hint);
}

const ProtocolField& field_of(std::string_view text, Metric metric, std::string_view key) {
  std::vector<std::string_view> allowed;
  for (const auto& field : protocol_fields()) {
    if (!field.concerns(metric)) continue;
    if (field.key == key) return field;
    allowed.push_back(field.key);
  }
  std::string reason = "unknown key " + quoted(key) + " for " +
                       std::string(word_of(kMetricWords, metric)) + "; known are";
  for (const auto name : allowed) reason.append(" ").append(name);
  const auto hint = suggestion(key, allowed);
  reject(text, hint.empty() ? reason : reason + "; " + hint);
}

void assign(std::string_view text, Protocol& protocol, std::string_view key,
            std::string_view value) {
  const auto& field = field_of(text, protocol.metric, key);
  try {
    field.assign(protocol, value);
  } catch (const InvalidProtocol& error) {
    reject(text, std::string(key) + ": " + error.what());
  }
}

/// `a=b,c=d`, without blanks; may be empty.
void assign_all(std::string_view text, Protocol& protocol, std::string_view pairs) {
  std::set<std::string_view> seen;
  while (!pairs.empty()) {
    const auto comma = pairs.find(',');
    const auto pair = pairs.substr(0, comma);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) {
      reject(text, quoted(pair) + " is not key=value; " + std::string(kForm));
    }
    const auto key = pair.substr(0, equals);
    if (!seen.insert(key).second) reject(text, "key " + quoted(key) + " is given twice");
    assign(text, protocol, key, pair.substr(equals + 1));
    if (comma == std::string_view::npos) return;
    pairs.remove_prefix(comma + 1);
    if (pairs.empty()) reject(text, "nothing follows the last comma");
  }
}

}  // namespace

std::string to_string(const Protocol& protocol) {
  const Protocol defaults;
  std::string text(word_of(kMetricWords, protocol.metric));
  char separator = '(';
  for (const auto& field : protocol_fields()) {
    const auto value = field.value(protocol);
    // A member of another metric that is not default makes an invalid protocol: shown, so that
    // the message about it can be understood.
    const bool shown =
        (field.concerns(protocol.metric) && field.always_shown) || value != field.value(defaults);
    if (!shown) continue;
    text.push_back(separator);
    text.append(field.key).append("=").append(value);
    separator = ',';
  }
  text.push_back(')');
  return text;
}

Protocol parse_protocol(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') {
    reject(text, std::string(kForm));
  }
  Protocol protocol;
  protocol.metric = metric_of(text, text.substr(0, open));
  assign_all(text, protocol, text.substr(open + 1, text.size() - open - 2));
  require_valid(protocol);
  return protocol;
}

}  // namespace bench::metrics
