#!/usr/bin/env python3
"""ci/check_includes.py on small trees: it passes a true table and names each kind of mistake."""

import os
import subprocess
import sys
import tempfile
import unittest

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../ci/check_includes.py")
TABLE = """\
| folder | target | holds | may include | third party |
|---|---|---|---|---|
| `low/` | bench_low | numbers | -- | {low_third} |
| `high/` | bench_high | words | {high_may} | -- |
"""


class CheckIncludes(unittest.TestCase):
    def said_of(self, files, high_may="low", low_third="OpenSSL (1 file)"):
        """Exit code and output for a tree of these files."""
        with tempfile.TemporaryDirectory() as root:
            files = {"docs/design.md": TABLE.format(high_may=high_may, low_third=low_third), **files}
            for path, text in files.items():
                os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as out:
                    out.write(text)
            subprocess.run(["git", "init", "-q", root], check=True)
            ended = subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True)
            return ended.returncode, ended.stdout + ended.stderr

    GOOD = {
        "low/number.h": "#include <openssl/evp.h>\n#include <vector>\n",
        "high/word.cpp": '#include "low/number.h"\n#include <sys/file.h>\n',
    }

    def expect_mistake(self, words, files, **table):
        code, said = self.said_of({**self.GOOD, **files}, **table)
        self.assertEqual(code, 1, said)
        self.assertIn(words, said)

    def test_a_true_table_passes(self):
        code, said = self.said_of(self.GOOD)
        self.assertEqual(code, 0, said)

    def test_tests_may_include_all(self):
        code, said = self.said_of({**self.GOOD, "tests/low/x.cpp": '#include "high/word.h"\n'})
        self.assertEqual(code, 0, said)

    def test_an_include_upwards_is_named_with_its_line(self):
        self.expect_mistake("low/up.cpp:2: low/ may not include high",
                            {"low/up.cpp": '\n#include "high/word.h"\n', "high/word.h": ""})

    def test_a_library_that_the_row_lacks_is_named(self):
        self.expect_mistake("high/j.cpp:1: high/ may not include nlohmann_json",
                            {"high/j.cpp": "#include <nlohmann/json.hpp>\n"})

    def test_an_unknown_library_is_named(self):
        self.expect_mistake("may not include <fmt/core.h>",
                            {"high/f.cpp": "#include <fmt/core.h>\n"})

    def test_a_folder_without_a_row_is_named(self):
        self.expect_mistake("new/x.h: its folder has no row", {"new/x.h": ""})

    def test_a_header_that_is_not_there_is_named(self):
        self.expect_mistake('"low/gone.h" is not there',
                            {"high/g.cpp": '#include "low/gone.h"\n'})

    def test_a_row_that_allows_too_much_is_named(self):
        self.expect_mistake("low/ includes nothing of Eigen; take it out", {},
                            low_third="OpenSSL, Eigen")

    def test_a_library_in_more_files_than_the_row_says_is_named(self):
        self.expect_mistake("OpenSSL in 2 files, not 1",
                            {"low/more.cpp": "#include <openssl/sha.h>\n"})

    def test_a_circle_is_named(self):
        with_circle = TABLE.format(high_may="low", low_third="OpenSSL (1 file)")
        with_circle = with_circle.replace("| numbers | -- |", "| numbers | high |")
        self.expect_mistake("a circle: high -> low -> high",
                            {"docs/design.md": with_circle, "high/word.h": "",
                             "low/up.cpp": '#include "high/word.h"\n'})


if __name__ == "__main__":
    unittest.main()
