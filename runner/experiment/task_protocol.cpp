#include "runner/experiment/task_protocol.h"

#include "metrics/protocol.h"

namespace bench::runner {
namespace {

using metrics::NoiseModel;

NoiseModel noise_of(const Degradation& degradation) {
  if (degradation.kind != "gaussian") return NoiseModel::kGiven;
  return degradation.noise == exchange::kTruncatedNoise ? NoiseModel::kAwgnClipTruncate
                                                        : NoiseModel::kAwgnFloat;
}

std::string with_noise(const std::string& text, NoiseModel noise) {
  metrics::Protocol protocol = metrics::parse_protocol(text);
  protocol.noise = noise;
  return metrics::to_string(protocol);
}

}  // namespace

std::string protocol_on(const std::string& protocol, const Degradation& degradation) {
  return with_noise(protocol, noise_of(degradation));
}

std::vector<std::string> protocols_on(const std::vector<std::string>& protocols,
                                      const Degradation& degradation) {
  std::vector<std::string> whole;
  for (const auto& protocol : protocols) whole.push_back(protocol_on(protocol, degradation));
  return whole;
}

std::string without_noise(const core::JsonReader& value, const std::string& protocol,
                          const std::vector<Task>& tasks) {
  const std::string without = with_noise(protocol, NoiseModel::kGiven);
  if (without == protocol) return protocol;
  for (const auto& task : tasks) {
    const std::string own = protocol_on(without, task.degradation);
    if (own == protocol) continue;
    value.fail(
        "a protocol with the noise of task \"" + task.id + "\", " + own + ", or one without noise",
        ". Leave noise out; the noise of each task is added");
  }
  return without;
}

}  // namespace bench::runner
