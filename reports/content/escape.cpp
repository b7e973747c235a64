#include "reports/content/escape.h"

#include <algorithm>
#include <cctype>

#include "core/text/utf8.h"

namespace bench::reports {
namespace {

bool is_control(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

/// Marks, embeddings, overrides and isolates that turn the text around them (UAX #9). Words in
/// right-to-left scripts do without them.
bool is_direction_control(char32_t code_point) {
  return code_point == 0x200E || code_point == 0x200F ||
         (code_point >= 0x202A && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

/// What stands for a letter that HTML reads; empty for the others.
std::string_view entity(char letter) {
  switch (letter) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// \returns the number of bytes from `start` that are printable ASCII: most of any report.
std::size_t printable_run(std::string_view text, std::size_t start) {
  std::size_t end = start;
  while (end < text.size() && text[end] >= 0x20 && text[end] < 0x7F) ++end;
  return end - start;
}

}  // namespace

std::string plain_line(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    if (const auto run = printable_run(text, position); run > 0) {
      plain.append(text, position, run);
      position += run;
      continue;
    }
    const char32_t code_point = text::next_code_point(text, position);
    if (code_point == '\n' || code_point == '\t' || code_point == '\r') {
      plain.push_back(' ');
    } else if (is_control(code_point) || is_direction_control(code_point)) {
      text::append_utf8(plain, 0xFFFD);
    } else {
      text::append_utf8(plain, code_point);
    }
  }
  return plain;
}

std::string escape_html(std::string_view text) {
  const std::string plain = plain_line(text);
  std::string escaped;
  escaped.reserve(plain.size());
  for (std::size_t start = 0, end = 0; end <= plain.size(); ++end) {
    const auto replacement = end < plain.size() ? entity(plain[end]) : std::string_view();
    if (replacement.empty() && end < plain.size()) continue;
    escaped.append(plain, start, end - start).append(replacement);
    start = end + 1;
  }
  return escaped;
}

std::string name_html(std::string_view text) {
  // ASCII has no letters that run from right to left.
  const bool is_ascii = std::all_of(
      text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
  return is_ascii ? escape_html(text) : "<bdi>" + escape_html(text) + "</bdi>";
}

std::string escape_json_for_script(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    switch (json[i]) {
      case '<':
        escaped += "\\u003c";
        continue;
      case '>':
        escaped += "\\u003e";
        continue;
      case '&':
        escaped += "\\u0026";
        continue;
      default:
        break;
    }
    const auto three = json.substr(i, 3);
    if (three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9") {
      escaped += three == "\xE2\x80\xA8" ? "\\u2028" : "\\u2029";
      i += 2;
      continue;
    }
    escaped.push_back(json[i]);
  }
  return escaped;
}

std::string escape_markdown(std::string_view text) {
  std::string escaped;
  const std::string plain = plain_line(text);
  for (std::size_t position = 0; position < plain.size();) {
    const std::size_t start = position;
    const char32_t code_point = text::next_code_point(plain, position);
    if (code_point == '&') {
      escaped += "&amp;";
    } else if (code_point == '<') {
      escaped += "&lt;";
    } else if (code_point == '>') {
      escaped += "&gt;";
    } else {
      if (code_point < 0x80 &&
          std::string_view("\\`*_{}[]#|~$!").find(plain[start]) != std::string_view::npos) {
        escaped.push_back('\\');
      }
      escaped.append(plain, start, position - start);
    }
  }
  return escaped;
}

std::string escape_csv(std::string_view text) {
  std::string plain = plain_line(text);
  if (!plain.empty() && std::string_view("=+-@").find(plain[0]) != std::string_view::npos) {
    plain.insert(plain.begin(), '\'');
  }
  if (plain.find_first_of("\",") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char letter : plain) {
    if (letter == '"') quoted.push_back('"');
    quoted.push_back(letter);
  }
  return quoted + "\"";
}

std::string slug(std::string_view text) {
  constexpr std::size_t kLongest = 48;
  std::string id;
  for (const char letter : text) {
    if (id.size() == kLongest) break;
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x80 && std::isalnum(byte) != 0) {
      id.push_back(static_cast<char>(std::tolower(byte)));
    } else if (!id.empty() && id.back() != '-') {
      id.push_back('-');
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.empty() ? "x" : id;
}

}  // namespace bench::reports
