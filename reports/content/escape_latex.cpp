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

// What reports themselves use, the commonest signs in names, and the accented letters that the
// encoding T1 holds: by commands, since LuaTeX and XeTeX would take a letter itself for its place
// in the font. Sorted by code point.
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
    Replacement{U'\u00C0', "{\\`A}"},
    Replacement{U'\u00C1', "{\\'A}"},
    Replacement{U'\u00C2', "{\\^A}"},
    Replacement{U'\u00C3', "{\\~A}"},
    Replacement{U'\u00C4', "{\\\"A}"},
    Replacement{U'\u00C5', "{\\r A}"},
    Replacement{U'\u00C6', "{\\AE}"},
    Replacement{U'\u00C7', "{\\c C}"},
    Replacement{U'\u00C8', "{\\`E}"},
    Replacement{U'\u00C9', "{\\'E}"},
    Replacement{U'\u00CA', "{\\^E}"},
    Replacement{U'\u00CB', "{\\\"E}"},
    Replacement{U'\u00CC', "{\\`I}"},
    Replacement{U'\u00CD', "{\\'I}"},
    Replacement{U'\u00CE', "{\\^I}"},
    Replacement{U'\u00CF', "{\\\"I}"},
    Replacement{U'\u00D0', "{\\DH}"},
    Replacement{U'\u00D1', "{\\~N}"},
    Replacement{U'\u00D2', "{\\`O}"},
    Replacement{U'\u00D3', "{\\'O}"},
    Replacement{U'\u00D4', "{\\^O}"},
    Replacement{U'\u00D5', "{\\~O}"},
    Replacement{U'\u00D6', "{\\\"O}"},
    Replacement{U'\u00D7', "$\\times$"},
    Replacement{U'\u00D8', "{\\O}"},
    Replacement{U'\u00D9', "{\\`U}"},
    Replacement{U'\u00DA', "{\\'U}"},
    Replacement{U'\u00DB', "{\\^U}"},
    Replacement{U'\u00DC', "{\\\"U}"},
    Replacement{U'\u00DD', "{\\'Y}"},
    Replacement{U'\u00DE', "{\\TH}"},
    Replacement{U'\u00DF', "{\\ss}"},
    Replacement{U'\u00E0', "{\\`a}"},
    Replacement{U'\u00E1', "{\\'a}"},
    Replacement{U'\u00E2', "{\\^a}"},
    Replacement{U'\u00E3', "{\\~a}"},
    Replacement{U'\u00E4', "{\\\"a}"},
    Replacement{U'\u00E5', "{\\r a}"},
    Replacement{U'\u00E6', "{\\ae}"},
    Replacement{U'\u00E7', "{\\c c}"},
    Replacement{U'\u00E8', "{\\`e}"},
    Replacement{U'\u00E9', "{\\'e}"},
    Replacement{U'\u00EA', "{\\^e}"},
    Replacement{U'\u00EB', "{\\\"e}"},
    Replacement{U'\u00EC', "{\\`\\i}"},
    Replacement{U'\u00ED', "{\\'\\i}"},
    Replacement{U'\u00EE', "{\\^\\i}"},
    Replacement{U'\u00EF', "{\\\"\\i}"},
    Replacement{U'\u00F0', "{\\dh}"},
    Replacement{U'\u00F1', "{\\~n}"},
    Replacement{U'\u00F2', "{\\`o}"},
    Replacement{U'\u00F3', "{\\'o}"},
    Replacement{U'\u00F4', "{\\^o}"},
    Replacement{U'\u00F5', "{\\~o}"},
    Replacement{U'\u00F6', "{\\\"o}"},
    Replacement{U'\u00F7', "$\\div$"},
    Replacement{U'\u00F8', "{\\o}"},
    Replacement{U'\u00F9', "{\\`u}"},
    Replacement{U'\u00FA', "{\\'u}"},
    Replacement{U'\u00FB', "{\\^u}"},
    Replacement{U'\u00FC', "{\\\"u}"},
    Replacement{U'\u00FD', "{\\'y}"},
    Replacement{U'\u00FE', "{\\th}"},
    Replacement{U'\u00FF', "{\\\"y}"},
    Replacement{U'\u0102', "{\\u A}"},
    Replacement{U'\u0103', "{\\u a}"},
    Replacement{U'\u0104', "{\\k A}"},
    Replacement{U'\u0105', "{\\k a}"},
    Replacement{U'\u0106', "{\\'C}"},
    Replacement{U'\u0107', "{\\'c}"},
    Replacement{U'\u010C', "{\\v C}"},
    Replacement{U'\u010D', "{\\v c}"},
    Replacement{U'\u010E', "{\\v D}"},
    Replacement{U'\u010F', "{\\v d}"},
    Replacement{U'\u0110', "{\\DJ}"},
    Replacement{U'\u0111', "{\\dj}"},
    Replacement{U'\u0118', "{\\k E}"},
    Replacement{U'\u0119', "{\\k e}"},
    Replacement{U'\u011A', "{\\v E}"},
    Replacement{U'\u011B', "{\\v e}"},
    Replacement{U'\u011E', "{\\u G}"},
    Replacement{U'\u011F', "{\\u g}"},
    Replacement{U'\u0130', "{\\.I}"},
    Replacement{U'\u0131', "{\\i}"},
    Replacement{U'\u0139', "{\\'L}"},
    Replacement{U'\u013A', "{\\'l}"},
    Replacement{U'\u013D', "{\\v L}"},
    Replacement{U'\u013E', "{\\v l}"},
    Replacement{U'\u0141', "{\\L}"},
    Replacement{U'\u0142', "{\\l}"},
    Replacement{U'\u0143', "{\\'N}"},
    Replacement{U'\u0144', "{\\'n}"},
    Replacement{U'\u0147', "{\\v N}"},
    Replacement{U'\u0148', "{\\v n}"},
    Replacement{U'\u0150', "{\\H O}"},
    Replacement{U'\u0151', "{\\H o}"},
    Replacement{U'\u0152', "{\\OE}"},
    Replacement{U'\u0153', "{\\oe}"},
    Replacement{U'\u0154', "{\\'R}"},
    Replacement{U'\u0155', "{\\'r}"},
    Replacement{U'\u0158', "{\\v R}"},
    Replacement{U'\u0159', "{\\v r}"},
    Replacement{U'\u015A', "{\\'S}"},
    Replacement{U'\u015B', "{\\'s}"},
    Replacement{U'\u015E', "{\\c S}"},
    Replacement{U'\u015F', "{\\c s}"},
    Replacement{U'\u0160', "{\\v S}"},
    Replacement{U'\u0161', "{\\v s}"},
    Replacement{U'\u0164', "{\\v T}"},
    Replacement{U'\u0165', "{\\v t}"},
    Replacement{U'\u016E', "{\\r U}"},
    Replacement{U'\u016F', "{\\r u}"},
    Replacement{U'\u0170', "{\\H U}"},
    Replacement{U'\u0171', "{\\H u}"},
    Replacement{U'\u0178', "{\\\"Y}"},
    Replacement{U'\u0179', "{\\'Z}"},
    Replacement{U'\u017A', "{\\'z}"},
    Replacement{U'\u017B', "{\\.Z}"},
    Replacement{U'\u017C', "{\\.z}"},
    Replacement{U'\u017D', "{\\v Z}"},
    Replacement{U'\u017E', "{\\v z}"},
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
    // An italic correction keeps "--" from becoming a dash in every engine; LuaTeX, which looks for
    // ligatures in the finished list, sees through braces.
    case '-':
      return "-\\/";
    // The braces keep "[" from being an option, and "?`" from becoming a ligature.
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
  return code_point_text(code_point);
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
