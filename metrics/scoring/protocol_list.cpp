#include "metrics/scoring/protocol_list.h"

#include <nlohmann/json.hpp>

#include "metrics/protocol_names.h"
#include "metrics/scoring/columns.h"

namespace bench::scoring {

std::string protocol_list_text() {
  std::string text;
  for (const auto& named : metrics::named_protocols()) {
    text += std::string(named.name) + "@" + std::to_string(named.version);
    if (named.name == kDefaultProtocol) text += " (default)";
    text.append("\n  ").append(named.source).append("\n  ").append(named.psnr).append("\n");
    if (!named.ssim.empty()) text.append("  ").append(named.ssim).append("\n");
  }
  return text +
         "\nOther definitions can be given as text: --protocol 'psnr(space=rgb,crop=4)'.\n"
         "See docs/protocols.md for the keys.\n";
}

std::string protocol_list_json() {
  auto list = nlohmann::ordered_json::array();
  for (const auto& named : metrics::named_protocols()) {
    auto protocols = nlohmann::ordered_json::array({named.psnr});
    if (!named.ssim.empty()) protocols.push_back(named.ssim);
    list.push_back({{"name", named.name},
                    {"version", named.version},
                    {"source", named.source},
                    {"protocols", protocols}});
  }
  return list.dump(2) + "\n";
}

}  // namespace bench::scoring
