#!/usr/bin/env python3
"""Holds the sources to the table of folders in docs/design.md.

Every `#include "..."` of a source outside tests/ must be of its own folder or of one that its row
names, and every third-party header must belong to a library of its row. The rows say no more than
is true: a folder or library that nothing of the row includes is a mistake too, and so are a folder
with sources but no row, and a circle. Needs nothing but Python; exits 1 on a mistake.

    ci/check_includes.py [ROOT]
"""

import os
import re
import subprocess
import sys
from collections import defaultdict

# Which library a header of angle brackets belongs to; the standard library and POSIX are not listed.
LIBRARIES = {
    "ATen/": "LibTorch",
    "CLI/": "CLI11",
    "Eigen/": "Eigen",
    "SQLiteCpp/": "SQLiteCpp",
    "benchmark/": "Google Benchmark",
    "boost/math/": "Boost.Math",
    "boost/process": "Boost.Process",
    "c10/": "LibTorch",
    "jerror.h": "libjpeg",
    "jpeglib.h": "libjpeg",
    "nlohmann/": "nlohmann_json",
    "openssl/": "OpenSSL",
    "png.h": "libpng",
    "sqlite3.h": "SQLite",
    "torch/": "LibTorch",
}
KNOWN_SYSTEM = re.compile(r"^(sys/|[a-z_0-9]+(\.h)?$)")  # <vector>, <fcntl.h>, <sys/file.h>
ROW = re.compile(r"^\| `([\w/]+)/` \|(.*)\|\s*$")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def names_in(cell):
    """"a, b (2 files)" -> {"a", "b"}; a dash says nothing."""
    cell = re.sub(r"\([^)]*\)", "", cell).replace("`", "")
    return {name.strip().rstrip("/") for name in cell.split(",")} - {"", "--"}


def counts_in(cell):
    """"a (1 file), b" -> {"a": 1}: in how many files a library is used at most."""
    return {name.strip(): int(count) for name, count in re.findall(r"([^,(]+) \((\d+) files?\)", cell)}


def read_table(path):
    """The rows `folder | target | holds | may include | third party` as
    {folder: (folders, libraries, {library: number of files})}."""
    table = {}
    with open(path, encoding="utf-8") as document:
        for number, line in enumerate(document, 1):
            row = ROW.match(line)
            if not row:
                continue
            cells = [cell.strip() for cell in row[2].split("|")]
            if len(cells) != 4:
                sys.exit(f"{path}:{number}: expected a row of 5 columns, found {len(cells) + 1}")
            table[row[1]] = (names_in(cells[2]), names_in(cells[3]), counts_in(cells[3]))
    if not table:
        sys.exit(f"{path}: expected a table of folders, found no row like | `core/text/` | ... |")
    return table


def library_of(header):
    for prefix, library in LIBRARIES.items():
        if header.startswith(prefix):
            return library
    return None if KNOWN_SYSTEM.match(header) else f"<{header}>"


def sources(root):
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "*.h", "*.cpp"],
        capture_output=True, text=True, check=True).stdout.split()
    return [path for path in listed
            if not path.startswith("tests/") and os.path.exists(os.path.join(root, path))]


def check_file(root, path, table, used):
    """Mistakes of one file; `used[folder][other]` gathers the files that include it."""
    folder = os.path.dirname(path)
    may_include, may_use, _ = table[folder]
    with open(os.path.join(root, path), encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            include = INCLUDE.match(line)
            if not include:
                continue
            if include[1]:
                other, allowed = os.path.dirname(include[1]), may_include
                if other in (folder, "embedded"):  # embedded/: generated for this folder alone
                    continue
                if not os.path.exists(os.path.join(root, include[1])):
                    yield f'{path}:{number}: "{include[1]}" is not there; paths start at the root'
                    continue
            else:
                other, allowed = library_of(include[2]), may_use
                if other is None:
                    continue
            used[folder][other].add(path)
            if other not in allowed:
                yield f"{path}:{number}: {folder}/ may not include {other} (docs/design.md)"


def superfluous(table, used):
    """What the rows allow and nothing of the folder needs, or needs in other numbers."""
    for folder, (may_include, may_use, counts) in sorted(table.items()):
        for name in sorted((may_include | may_use) - set(used[folder])):
            yield f"docs/design.md: {folder}/ includes nothing of {name}; take it out"
        for library, count in counts.items():
            found = len(used[folder][library])
            if found != count:
                yield f"docs/design.md: {folder}/ uses {library} in {found} files, not {count}"


def circle(table):
    """A list of folders that include each other in turn, or None."""
    done, trail = set(), []

    def visit(folder):
        if folder in trail:
            return trail[trail.index(folder):] + [folder]
        if folder in done or folder not in table:
            return None
        trail.append(folder)
        for other in sorted(table[folder][0]):
            found = visit(other)
            if found:
                return found
        trail.pop()
        done.add(folder)
        return None

    for start in sorted(table):
        found = visit(start)
        if found:
            return found
    return None


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..")
    table = read_table(os.path.join(root, "docs/design.md"))
    mistakes, used = [], defaultdict(lambda: defaultdict(set))
    files = sources(root)
    for path in files:
        if os.path.dirname(path) not in table:
            mistakes.append(f"{path}: its folder has no row in docs/design.md")
        else:
            mistakes += check_file(root, path, table, used)
    mistakes += superfluous(table, used)
    found = circle(table)
    if found:
        mistakes.append("docs/design.md: a circle: " + " -> ".join(found))
    print("\n".join(mistakes) if mistakes else
          f"includes: {len(files)} files of {len(table)} folders keep to docs/design.md")
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
