#include "reports/content/escape.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace bench::reports {
namespace {

TEST(EscapeHtml, LeavesNothingThatOpensATagOrClosesAnAttribute) {
  EXPECT_EQ(escape_html("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
  EXPECT_EQ(escape_html("\" onload='x' a=\""), "&quot; onload=&#39;x&#39; a=&quot;");
  EXPECT_EQ(escape_html("R&D &lt;"), "R&amp;D &amp;lt;");
}

TEST(EscapeHtml, ShowsControlCharactersAndBrokenUtf8AsReplacement) {
  // ESC of a terminal sequence, a lone continuation byte, an overlong "/", a surrogate half.
  EXPECT_EQ(escape_html("\x1B[31m"), "\uFFFD[31m");
  EXPECT_EQ(escape_html("a\x80z"), "a\uFFFDz");
  EXPECT_EQ(escape_html("\xC0\xAF"), "\uFFFD\uFFFD");
  EXPECT_EQ(escape_html("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escape_html("cut \xE2\x82"), "cut \uFFFD\uFFFD");
  EXPECT_EQ(escape_html("Größe שלום"), "Größe שלום");
}

TEST(EscapeJsonForScript, CannotEndItsElementAndStaysTheSameJson) {
  const nlohmann::json json = {{"name", "</script><!--&\u2028]]>"}, {"n", 1.5}};
  const auto escaped = escape_json_for_script(json.dump());
  for (const char* forbidden : {"<", ">", "&", "\u2028"}) {
    EXPECT_EQ(escaped.find(forbidden), std::string::npos) << forbidden;
  }
  EXPECT_EQ(nlohmann::json::parse(escaped), json);
}

TEST(EscapeLatex, LeavesNoActiveCharacter) {
  EXPECT_EQ(escape_latex("50% of a_b & c#1 $x$ {y} ~^"),
            "50\\% of a\\_b \\& c\\#1 \\$x\\$ \\{y\\} \\textasciitilde{}\\textasciicircum{}");
  EXPECT_EQ(escape_latex("\\write18{ls}"), "\\textbackslash{}write18\\{ls\\}");
  EXPECT_EQ(escape_latex("\\input{x}"), "\\textbackslash{}input\\{x\\}");
  EXPECT_EQ(escape_latex("^^5cinput"), "\\textasciicircum{}\\textasciicircum{}5cinput");
}

// What a reader copies from the report is the command that was typed, in every engine: LuaTeX makes
// a dash of "--" and of "-{}-".
TEST(EscapeLatex, KeepsTwoHyphensApart) {
  EXPECT_EQ(escape_latex("run --seeds 1"), "run -\\/-\\/seeds 1");
}

TEST(EscapeLatex, NamesWhatTheFontHasNot) {
  EXPECT_EQ(escape_latex("ש"), "{\\scriptsize U+05E9}\\allowbreak{}");
  EXPECT_EQ(escape_latex("😀"), "{\\scriptsize U+01F600}\\allowbreak{}");
  EXPECT_EQ(escape_latex("Größe ± σ Łódź"), "Gr{\\\"o}{\\ss}e $\\pm$ $\\sigma$ {\\L}{\\'o}d{\\'z}");
}

TEST(EscapeLatex, LetsALongWordBreak) {
  const auto escaped = escape_latex(std::string(200, 'x'));
  EXPECT_NE(escaped.find("\\allowbreak{}"), std::string::npos);
}

TEST(EscapeMarkdown, LeavesNoMarkupAndNoCellBorder) {
  EXPECT_EQ(escape_markdown("a|b *c* _d_ `e` [f](g) <h>"),
            "a\\|b \\*c\\* \\_d\\_ \\`e\\` \\[f\\](g) &lt;h&gt;");
  EXPECT_EQ(escape_markdown("two\nlines"), "two lines");
  // RIGHT-TO-LEFT OVERRIDE would turn the rest of the line.
  EXPECT_EQ(escape_markdown("\u202Etxt"), "\uFFFDtxt");
}

TEST(EscapeCsv, QuotesAndKeepsFormulasFromSpreadsheets) {
  EXPECT_EQ(escape_csv("plain"), "plain");
  EXPECT_EQ(escape_csv("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(escape_csv("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  EXPECT_EQ(escape_csv("@x"), "'@x");
}

TEST(Slug, IsMadeOfLettersDigitsAndHyphens) {
  EXPECT_EQ(slug("PSNR (dB), σ = 50"), "psnr-db-50");
  EXPECT_EQ(slug("../../etc/passwd"), "etc-passwd");
  EXPECT_EQ(slug("שלום"), "x");
  EXPECT_EQ(slug(std::string(200, 'a')).size(), 48U);
}

}  // namespace
}  // namespace bench::reports
