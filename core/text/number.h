#pragma once

#include <cstdint>
#include <string>

namespace bench::text {

/// The numbers that people and programs read; all independent of the locale. Raw values belong in
/// `--json` and CSV (`exact`), everything else is for people.

/// `value` with `digits` after the point; "inf", "-inf", "nan".
std::string fixed(double value, int digits);

/// The same with its sign, "+0.123".
std::string with_sign(double value, int digits);

/// As it is typeset: "−" (U+2212) for minus, "∞" for infinity, no sign for what rounds to zero.
std::string rounded(double value, int digits);

/// The shortest digits that read back as the same double (at most max_digits10); "inf", "-inf",
/// "nan" for what has none.
std::string exact(double value);

/// "1,912,000".
std::string thousands(std::int64_t value);

/// "512 bytes", "32 KiB", "1.5 MiB", "953 MiB", "1.6 GiB": at most one decimal, and none from 100
/// on.
std::string bytes(std::int64_t count);

/// "0.4 s", "41 s", "3 min 53 s", "2 h 5 min"; at most two units, zeros left out.
std::string duration(double seconds);

}  // namespace bench::text
