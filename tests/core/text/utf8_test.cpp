#include "core/text/utf8.h"

#include <gtest/gtest.h>

namespace bench::text {
namespace {

TEST(NextCodePoint, ReadsWhatAppendUtf8Writes) {
  // The ends of each length of RFC 3629, section 3.
  for (const char32_t code_point : {U'\x1', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xD7FF',
                                    U'\xE000', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    std::string text;
    append_utf8(text, code_point);
    std::size_t position = 0;
    EXPECT_EQ(next_code_point(text, position), code_point);
    EXPECT_EQ(position, text.size());
  }
}

}  // namespace
}  // namespace bench::text
