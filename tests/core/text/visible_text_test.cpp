#include "core/text/visible_text.h"

#include <gtest/gtest.h>

namespace bench::text {
namespace {

TEST(VisibleText, LetsNoControlCharacterReachTheTerminal) {
  EXPECT_EQ(visible_text("\x1b]0;title\a"), "\\x1b]0;title\\x07");
  EXPECT_EQ(visible_text("a\r\nb\tc\x7f"), "a\\x0d\\x0ab\\x09c\\x7f");
  // CSI in one code point (ISO 6429): terminals obey it in UTF-8, and as a byte of its own.
  EXPECT_EQ(visible_text("\xc2\x9b"
                         "31m"),
            "\\xc2\\x9b31m");
  EXPECT_EQ(visible_text("\x9b"
                         "31m"),
            "\\x9b31m");
  EXPECT_EQ(visible_text(std::string("a\0b", 3)), "a\\x00b");
}

TEST(VisibleText, KeepsEveryLetter) {
  const std::string text = "caf\xc3\xa9 \xe5\x8e\xbb\xe5\x99\xaa \xf0\x9f\x8c\xa7 \xef\xbf\xbd \\x";
  EXPECT_EQ(visible_text(text), text);
}

TEST(VisibleText, KeepsLineEndsOfMessages) {
  EXPECT_EQ(visible_lines("a\n\x1b[2Jb\r\n"), "a\n\\x1b[2Jb\\x0d\n");
}

TEST(IsUtf8, TellsLatin1FromUtf8) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("caf\xc3\xa9 \xef\xbf\xbd"));
  EXPECT_FALSE(is_utf8("caf\xe9"));
  EXPECT_FALSE(is_utf8("cut \xc3"));
}

TEST(WidthOf, CountsCodePoints) {
  EXPECT_EQ(width_of("caf\xc3\xa9"), 4U);
}

}  // namespace
}  // namespace bench::text
