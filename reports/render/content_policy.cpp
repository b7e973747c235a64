#include "reports/render/content_policy.h"

#include "core/digest/sha256.h"
#include "reports/content/base64.h"

namespace bench::reports {
namespace {

std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

std::string sources(const std::vector<std::string>& contents) {
  std::string list;
  for (const auto& content : contents) {
    if (!content.empty()) list += " '" + content_hash(content) + "'";
  }
  return list.empty() ? " 'none'" : list;
}

}  // namespace

std::string content_hash(std::string_view content) {
  return "sha256-" + base64(bytes_of_hex(digest::sha256_hex(content)));
}

std::string policy_text(const ContentPolicy& policy) {
  return "default-src 'none'; script-src" + sources(policy.scripts) + "; style-src" +
         sources(policy.styles) +
         "; img-src data: 'self' file:; base-uri 'none'; form-action 'none'";
}

}  // namespace bench::reports
