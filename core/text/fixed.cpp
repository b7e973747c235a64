#include "core/text/fixed.h"

#include <cstdio>

namespace bench::text {
namespace {

std::string printed(double value, int digits, const char* format) {
  char text[512];  // the largest double has 309 digits before its point
  std::snprintf(text, sizeof(text), format, digits, value);
  return text;
}

}  // namespace

std::string fixed(double value, int digits) {
  return printed(value, digits, "%.*f");
}

std::string with_sign(double value, int digits) {
  return printed(value, digits, "%+.*f");
}

}  // namespace bench::text
