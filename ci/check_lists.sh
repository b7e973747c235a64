#!/usr/bin/env bash
# Every source and test is named in a CMakeLists.txt: one that is not is neither compiled nor run,
# and nobody notices.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
lists=$(git ls-files -- '*CMakeLists.txt' | xargs cat)
status=0
while read -r source; do
  # By its name after a blank, a slash, a parenthesis or the beginning of a line.
  grep -qE "(^|[[:space:]/(])${source##*/}([[:space:])]|\$)" <<<"$lists" && continue
  echo "$source: in no CMakeLists.txt" >&2
  status=1
done < <(git ls-files -- '*.cpp')
exit "$status"
