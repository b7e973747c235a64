#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bench::reports {

struct ContentPolicy {
  std::vector<std::string> styles;   ///< contents of <style> elements
  std::vector<std::string> scripts;  ///< contents of <script> elements; "" is left out
};

/// The page's Content-Security-Policy: nothing is fetched, only what is listed may run, images
/// come from data URIs or from beside the page.
std::string policy_text(const ContentPolicy& policy);

/// "sha256-..." of a <script> or <style> element's content, as CSP wants it (base64).
std::string content_hash(std::string_view content);

/// The page's own script, all parts.
std::string page_script();

}  // namespace bench::reports
