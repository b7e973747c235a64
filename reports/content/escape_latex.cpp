#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/text/utf8.h"
#include "reports/content/escape.h"

namespace bench::reports {
namespace {

using Replacement = std::pair<char32_t, std::string_view>;

// What reports themselves use, and the commonest signs in names. Sorted by code point.
constexpr std::array kReplacements = {
    Replacement{U'\u00A0', "~"},
    Replacement{U'\u00AB', "\\guillemotleft{}"},
    Replacement{U'\u00B0', "\\textdegree{}"},
    Replacement{U'\u00B1', "$\\pm$"},
    Replacement{U'\u00B2', "\\textsuperscript{2}"},
    Replacement{U'\u00B3', "\\textsuperscript{3}"},
    Replacement{U'\u00B5', "\\textmu{}"},
    Replacement{U'\u00B7', "\\textperiodcentered{}"},
    Replacement{U'\u00BB', "\\guillemotright{}"},
    Replacement{U'\u00D7', "$\\times$"},
    Replacement{U'\u00F7', "$\\div$"},
    Replacement{U'\u0394', "$\\Delta$"},
    Replacement{U'\u03B1', "$\\alpha$"},
    Replacement{U'\u03B2', "$\\beta$"},
    Replacement{U'\u03B3', "$\\gamma$"},
    Replacement{U'\u03BB', "$\\lambda$"},
    Replacement{U'\u03BC', "$\\mu$"},
    Replacement{U'\u03C3', "$\\sigma$"},
    Replacement{U'\u2009', "\\,"},
    Replacement{U'\u2013', "--"},
    Replacement{U'\u2014', "---"},
    Replacement{U'\u2018', "`"},
    Replacement{U'\u2019', "'"},
    Replacement{U'\u201C', "``"},
    Replacement{U'\u201D', "''"},
    Replacement{U'\u2026', "\\ldots{}"},
    Replacement{U'\u2192', "$\\rightarrow$"},
    Replacement{U'\u2212', "$-$"},
    Replacement{U'\u221E', "$\\infty$"},
    Replacement{U'\u2248', "$\\approx$"},
    Replacement{U'\u2264', "$\\leq$"},
    Replacement{U'\u2265', "$\\geq$"},
};

std::string_view ascii_replacement(char32_t code_point) {
  switch (code_point) {
    case '\\':
      return "\\textbackslash{}";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    case '$':
      return "\\$";
    case '&':
      return "\\&";
    case '#':
      return "\\#";
    case '%':
      return "\\%";
    case '_':
      return "\\_";
    case '^':
      return "\\textasciicircum{}";
    case '~':
      return "\\textasciitilde{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    case '"':
      return "\\textquotedbl{}";
    case '\'':
      return "\\textquotesingle{}";
    case '`':
      return "\\textasciigrave{}";
    // The braces keep "--" and "?`" from becoming a ligature, and "[" from being an option.
    case '-':
      return "-{}";
    case '[':
      return "{[}";
    case ']':
      return "{]}";
    case '?':
      return "?{}";
    case '!':
      return "!{}";
    default:
      return {};
  }
}

/// Letters that inputenc + T1 have: Latin-1, and the part of Latin Extended-A that T1 holds.
bool is_in_t1(char32_t code_point) {
  if (code_point >= 0xC0 && code_point <= 0xFF) return code_point != 0xD7 && code_point != 0xF7;
  constexpr std::u32string_view kExtended =
      U"\u0102\u0103\u0104\u0105\u0106\u0107\u010C\u010D\u010E\u010F\u0110\u0111\u0118\u0119\u011A"
      U"\u011B\u011E\u011F\u0130\u0131\u0139\u013A\u013D\u013E\u0141\u0142\u0143\u0144\u0147\u0148"
      U"\u0150\u0151\u0152\u0153\u0154\u0155\u0158\u0159\u015A\u015B\u015E\u015F\u0160\u0161\u0164"
      U"\u0165\u016E\u016F\u0170\u0171\u0178\u0179\u017A\u017B\u017C\u017D\u017E";
  return kExtended.find(code_point) != std::u32string_view::npos;
}

std::string code_point_text(char32_t code_point) {
  std::string digits;
  for (int shift = code_point > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) {
    digits.push_back("0123456789ABCDEF"[(code_point >> shift) & 0xFU]);
  }
  return "{\\scriptsize U+" + digits + "}\\allowbreak{}";
}

std::string replacement(char32_t code_point) {
  if (code_point < 0x80) return std::string(ascii_replacement(code_point));
  const auto found = std::lower_bound(
      kReplacements.begin(), kReplacements.end(), code_point,
      [](const Replacement& entry, char32_t wanted) { return entry.first < wanted; });
  if (found != kReplacements.end() && found->first == code_point) {
    return std::string(found->second);
  }
  return is_in_t1(code_point) ? std::string() : code_point_text(code_point);
}

bool is_joint(char32_t code_point) {
  return code_point == '_' || code_point == '/' || code_point == '-' || code_point == '.' ||
         code_point == '|' || code_point == ',' || code_point == '=' || code_point == ';';
}

}  // namespace

std::string escape_latex(std::string_view text) {
  constexpr int kLongestWord = 16;
  const std::string plain = plain_line(text);
  std::string escaped;
  int word = 0;
  for (std::size_t position = 0; position < plain.size();) {
    const std::size_t start = position;
    const char32_t code_point = text::next_code_point(plain, position);
    const std::string other = replacement(code_point);
    escaped += other.empty() ? plain.substr(start, position - start) : other;
    word = code_point == ' ' ? 0 : word + 1;
    const bool more_of_the_word = position < plain.size() && plain[position] != ' ';
    if (more_of_the_word && ((is_joint(code_point) && word > 8) || word >= kLongestWord)) {
      escaped += "\\allowbreak{}";
      word = 0;
    }
  }
  return escaped;
}

}  // namespace bench::reports
